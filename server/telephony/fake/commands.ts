import { Readable } from 'node:stream'
import type { Clock } from '../../../shared/std/clock.ts'
import { AppError } from '../../../shared/std/errors.ts'
import type { Accepted, ChannelId, Direction, HangUpReason } from '../port.ts'
import type { Wire } from '../wire.ts'
import type { SwitchRules } from './calls.ts'
import type { Channel, SwitchState } from './state.ts'
import { newChannel } from './state.ts'
import { silentWav } from './wav.ts'

const causes: Record<HangUpReason, number> = {
  normal: 16,
  busy: 17,
  congestion: 34,
  'no-answer': 19,
  rejected: 21,
}

/** What the switch in memory does when asked; the same answers as the real one. */
export function commandsOn(state: SwitchState, rules: SwitchRules, clock: Clock): Wire['commands'] {
  const ofChannel = (id: ChannelId, act: (channel: Channel) => Accepted | void): Accepted => {
    const channel = state.channels.get(id)
    return channel === undefined ? 'gone' : (act(channel) ?? 'done')
  }
  const mute = (id: ChannelId, direction: Direction, on: boolean) =>
    ofChannel(id, (channel) => {
      if (direction !== 'out') channel.mutedIn = on
      if (direction !== 'in') channel.mutedOut = on
    })
  /** Also by an id that only begins so, as Asterisk compares them. */
  const isTaken = (id: ChannelId) => {
    if (state.channels.has(id)) return true
    const begins = (each: ChannelId) => each.toLowerCase().startsWith(id.toLowerCase())
    if (![...state.channels.keys()].some(begins)) return false
    throw new AppError('conflict', 'a living channel has an id that begins so')
  }
  const refuse = (message: string) => new AppError('invalid-input', message)

  return {
    createChannel: async ({ id, to, headers = {} }) => {
      if (to.kind === 'trunk' && !/^\+?[0-9*#]+$/.test(to.number)) throw refuse('this is no number')
      if (isTaken(id)) return 'already'
      if (to.kind === 'operator' && !state.phones.has(to.account))
        throw new AppError('not-found', 'there is no such phone')
      state.channels.set(id, newChannel({ id, kind: 'out', state: 'down', to, headers }))
      return 'done'
    },
    dial: async (id, timeoutMs) =>
      ofChannel(id, (channel) => {
        if (channel.isDialed) return 'already'
        rules.dial(channel)
        clock.after(timeoutMs + 2_000, () => {
          if (channel.state !== 'up' && state.channels.get(id) === channel) rules.end(id, 19, 480)
        })
        return 'done'
      }),
    answer: async (id) => ofChannel(id, (channel) => rules.up(channel)),
    hangUp: async (id, reason = 'normal') => ofChannel(id, () => rules.end(id, causes[reason])),
    startMusic: async (id) => ofChannel(id, (channel) => void (channel.hasMusic = true)),
    stopMusic: async (id) => ofChannel(id, (channel) => void (channel.hasMusic = false)),
    mute: async (id, direction) => mute(id, direction, true),
    unmute: async (id, direction) => mute(id, direction, false),
    sendDtmf: async (id, digits) => ofChannel(id, (channel) => void (channel.sent += digits)),

    createBridge: async (id) => {
      if (state.bridges.has(id)) return 'already'
      state.bridges.add(id)
      return 'done'
    },
    addToBridge: async (bridge, id) =>
      state.bridges.has(bridge)
        ? ofChannel(id, (channel) => {
            if (channel.bridge === bridge) return 'already'
            rules.move(channel, bridge)
            return 'done'
          })
        : 'gone',
    removeFromBridge: async (bridge, id) =>
      ofChannel(id, (channel) => {
        if (channel.bridge !== bridge) return 'gone'
        rules.move(channel, null)
        return 'done'
      }),
    destroyBridge: async (id) => {
      if (!state.bridges.has(id)) return 'gone'
      rules.destroyBridge(id)
      return 'done'
    },

    play: async ({ id, on, sound }) => {
      if (state.playbacks.has(id)) return 'already'
      if ('channel' in on ? !state.channels.has(on.channel) : !state.bridges.has(on.bridge)) return 'gone'
      state.playbacks.set(id, { id, on, sound, stopTimer: () => {} })
      rules.startPlaying(id)
      return 'done'
    },
    stopPlaying: async (id) => {
      if (!state.playbacks.has(id)) return 'gone'
      rules.stopPlaying(id, true)
      return 'done'
    },

    record: async ({ id, bridge }) => {
      if (!state.bridges.has(bridge)) return 'gone'
      if (state.recordings.has(id) || state.stored.has(id)) return 'already'
      state.recordings.set(id, { id, bridge, ms: 0, since: clock.now() })
      return 'done'
    },
    pauseRecording: async (id) => {
      const recording = state.recordings.get(id)
      if (recording === undefined) return 'gone'
      recording.ms = rules.recordedMs(recording)
      recording.since = null
      return 'done'
    },
    resumeRecording: async (id) => {
      const recording = state.recordings.get(id)
      if (recording === undefined) return 'gone'
      recording.since ??= clock.now()
      return 'done'
    },
    stopRecording: async (id) => {
      if (!state.recordings.has(id)) return 'gone'
      rules.stopRecording(id)
      return 'done'
    },
    fetchRecording: async (id) => {
      const stored = state.stored.get(id)
      if (stored === undefined) throw new AppError('not-found', 'there is no such recording')
      return Readable.from([silentWav(stored.ms)])
    },
    deleteRecording: async (id) => (state.stored.delete(id) ? 'done' : 'gone'),

    snoop: async ({ id, channel, spy, whisper }) => {
      if (isTaken(id)) return 'already'
      return ofChannel(channel, () => {
        const snoop = { of: channel, spy, whisper }
        state.channels.set(id, newChannel({ id, kind: 'snoop', state: 'up', isDialed: true, snoop }))
      })
    },

    provision: async ({ id, password }) => {
      if (!/^[A-Za-z0-9._-]{1,64}$/.test(id) || password === '')
        throw refuse('an account has a name and a password')
      if (state.accounts.get(id) !== password) state.phones.delete(id)
      state.accounts.set(id, password)
      return 'done'
    },
    withdraw: async (id) => {
      if (!state.accounts.delete(id)) return 'gone'
      state.phones.delete(id)
      return 'done'
    },
  }
}
