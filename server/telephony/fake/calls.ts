import type { Clock } from '../../../shared/std/clock.ts'
import type { BridgeId, ChannelId, IncomingCall, PlaybackId, RecordingId, Sound } from '../port.ts'
import type { Fact } from '../wire.ts'
import type { Step } from './outside.ts'
import { behaviourOf, stepsOf } from './outside.ts'
import type { Channel, Recording, SwitchState } from './state.ts'
import { newChannel } from './state.ts'

/** Milliseconds that a sound takes; null goes on until it is stopped; undefined does not exist. */
export type SoundLength = (sound: Sound) => number | null | undefined

export interface SwitchRules {
  dial(channel: Channel): void
  up(channel: Channel): void
  /** Takes a channel out of everything and tells of it; one that is gone already does nothing. */
  end(id: ChannelId, cause: number, techCause?: number | null): void
  move(channel: Channel, bridge: BridgeId | null): void
  destroyBridge(id: BridgeId): void
  /** `wasAnswered`: by the dialplan's music, while nobody of ours was there. */
  callIn(id: ChannelId, call: IncomingCall, wasAnswered: boolean): void
  startPlaying(id: PlaybackId): void
  stopPlaying(id: PlaybackId, ok: boolean): void
  stopRecording(id: RecordingId): void
  recordedMs(recording: Recording): number
  /** Everything that lives is gone at once, without a word. */
  forget(): void
}

/** The laws of the switch in memory: what follows from a command or from somebody outside. */
export function switchRules(
  state: SwitchState,
  clock: Clock,
  tell: (fact: Fact) => void,
  lengthOf: SoundLength,
): SwitchRules {
  function run(channel: Channel, [step, ...rest]: readonly Step[]): void {
    if (step === undefined) return
    channel.stopSteps = clock.after(step.afterMs, () => {
      if (step.what === 'fails') return end(channel.id, step.cause, step.techCause)
      if (step.what === 'hangs-up') return end(channel.id, 16)
      if (step.what === 'answers') up(channel)
      else ring(channel)
      run(channel, rest)
    })
  }

  function ring(channel: Channel): void {
    channel.state = 'ringing'
    tell({ fact: 'state', channel: channel.id, state: 'ringing' })
  }

  function up(channel: Channel): void {
    if (channel.state === 'up') return
    channel.state = 'up'
    tell({ fact: 'state', channel: channel.id, state: 'up' })
  }

  function stepsTo(channel: Channel): readonly Step[] {
    const { to } = channel
    if (to === null) return []
    if (to.kind === 'trunk') return stepsOf(behaviourOf(to.number))
    const phone = state.phones.get(to.account)
    // Gone between create and dial.
    if (phone === undefined) return [{ afterMs: 5, what: 'fails', cause: 20, techCause: 480 }]
    const rings: Step = { afterMs: 20, what: 'rings' }
    return phone.answersAfterMs === null
      ? [rings]
      : [rings, { afterMs: phone.answersAfterMs, what: 'answers' }]
  }

  function move(channel: Channel, bridge: BridgeId | null): void {
    const before = channel.bridge
    if (before === bridge) return
    channel.bridge = bridge
    if (before !== null) tell({ fact: 'left', channel: channel.id, bridge: before })
    if (bridge !== null) tell({ fact: 'entered', channel: channel.id, bridge })
  }

  function end(id: ChannelId, cause: number, techCause: number | null = null): void {
    const channel = state.channels.get(id)
    if (channel === undefined) return
    channel.stopSteps()
    move(channel, null)
    for (const { id: playback, on } of state.playbacks.values())
      if ('channel' in on && on.channel === id) stopPlaying(playback, false)
    state.channels.delete(id)
    const wasUp = channel.state === 'up'
    const raw = `${channel.state}, cause ${cause}, SIP ${techCause ?? 'none'}`
    tell({ fact: 'gone', channel: id, wasUp, cause, techCause, raw })
    for (const other of state.channels.values()) if (other.snoop?.of === id) end(other.id, 16)
  }

  function stopPlaying(id: PlaybackId, ok: boolean): void {
    const playback = state.playbacks.get(id)
    if (playback === undefined) return
    playback.stopTimer()
    state.playbacks.delete(id)
    tell({ fact: 'playback', playback: id, ok })
  }

  const recordedMs = ({ ms, since }: Recording) => ms + (since === null ? 0 : clock.now() - since)

  function stopRecording(id: RecordingId): void {
    const recording = state.recordings.get(id)
    if (recording === undefined) return
    const ms = recordedMs(recording)
    state.recordings.delete(id)
    state.stored.set(id, { ms })
    tell({ fact: 'recording', recording: id, seconds: Math.round(ms / 1000), failed: null })
  }

  return {
    dial: (channel) => {
      channel.isDialed = true
      run(channel, stepsTo(channel))
    },
    up,
    end,
    move,
    destroyBridge: (id) => {
      for (const channel of state.channels.values()) if (channel.bridge === id) move(channel, null)
      for (const { id: playback, on } of state.playbacks.values())
        if ('bridge' in on && on.bridge === id) stopPlaying(playback, false)
      for (const recording of state.recordings.values())
        if (recording.bridge === id) stopRecording(recording.id)
      state.bridges.delete(id)
      tell({ fact: 'bridge-gone', bridge: id })
    },
    callIn: (id, call, wasAnswered) => {
      state.channels.set(id, newChannel({ id, kind: 'in', state: wasAnswered ? 'up' : 'ringing', call }))
      tell({ fact: 'incoming', channel: id, isUp: wasAnswered, call })
    },
    startPlaying: (id) => {
      const playback = state.playbacks.get(id)
      if (playback === undefined) return
      const ms = lengthOf(playback.sound)
      if (ms === undefined) stopPlaying(id, false)
      else if (ms !== null) playback.stopTimer = clock.after(ms, () => stopPlaying(id, true))
    },
    stopPlaying,
    stopRecording,
    recordedMs,
    forget: () => {
      for (const { stopSteps } of state.channels.values()) stopSteps()
      for (const { stopTimer } of state.playbacks.values()) stopTimer()
      for (const map of [state.channels, state.bridges, state.playbacks, state.recordings]) map.clear()
      state.accounts.clear()
      state.phones.clear()
    },
  }
}
