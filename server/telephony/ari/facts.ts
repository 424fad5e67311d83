import { unreachable } from '../../../shared/std/never.ts'
import type { ChannelSnapshot, IncomingCall } from '../port.ts'
import type { Fact } from '../wire.ts'
import type { AriChannel, AriEvent } from './events.ts'

/** `PJSIP/carrier-0000002a` -> `carrier`. */
export const endpointOf = (name: string): string => /^[^/]+\/(.+)-[0-9a-f]+$/.exec(name)?.[1] ?? name

const withheld = new Set(['', 'anonymous', 'restricted', 'unknown', 'unavailable'])
const shown = (text: string): string | null => (withheld.has(text.toLowerCase()) ? null : text)

const callOf = (channel: AriChannel, to: string): IncomingCall => ({
  from: shown(channel.caller.number),
  to,
  name: shown(channel.caller.name),
  line: endpointOf(channel.name),
})

const isUp = (state: string) => state === 'Up'

/** One event as facts. Of a call from outside the application's arguments are `inbound` and the number called. */
export function factsOf(event: AriEvent): Fact[] {
  switch (event.type) {
    case 'StasisStart': {
      const [what, to = ''] = event.args
      if (what !== 'inbound') return []
      const { channel } = event
      return [{ fact: 'incoming', channel: channel.id, isUp: isUp(channel.state), call: callOf(channel, to) }]
    }
    case 'ChannelStateChange': {
      const { id, state } = event.channel
      if (isUp(state)) return [{ fact: 'state', channel: id, state: 'up' }]
      return state === 'Ringing' ? [{ fact: 'state', channel: id, state: 'ringing' }] : []
    }
    case 'ChannelDestroyed': {
      const { channel, cause, cause_txt: text, tech_cause: techCause } = event
      const raw = `${channel.state}, cause ${cause} ${text}, SIP ${techCause ?? 'none'}`
      const gone = {
        channel: channel.id,
        wasUp: isUp(channel.state),
        cause,
        techCause: techCause ?? null,
        raw,
      }
      return [{ fact: 'gone', ...gone }]
    }
    case 'ChannelDtmfReceived':
      return [{ fact: 'dtmf', channel: event.channel.id, digit: event.digit }]
    case 'ChannelHold':
    case 'ChannelUnhold':
      return [{ fact: 'hold', channel: event.channel.id, on: event.type === 'ChannelHold' }]
    case 'ChannelEnteredBridge':
      return [{ fact: 'entered', channel: event.channel.id, bridge: event.bridge.id }]
    case 'ChannelLeftBridge':
      return [{ fact: 'left', channel: event.channel.id, bridge: event.bridge.id }]
    case 'BridgeDestroyed':
      return [{ fact: 'bridge-gone', bridge: event.bridge.id }]
    case 'PlaybackFinished':
      return [{ fact: 'playback', playback: event.playback.id, ok: event.playback.state === 'done' }]
    case 'RecordingFinished':
    case 'RecordingFailed': {
      const { name, duration = 0, cause = 'unknown' } = event.recording
      const failed = event.type === 'RecordingFailed' ? cause : null
      return [{ fact: 'recording', recording: name, seconds: duration, failed }]
    }
    case 'EndpointStateChange': {
      const { resource, state } = event.endpoint
      return [{ fact: 'phone', account: resource, registered: state === 'online' }]
    }
    case 'ApplicationReplaced':
      return []
    default:
      return unreachable(event)
  }
}

/** A channel as it stands, for the resync after a gap. */
export function snapshotOf(channel: AriChannel, bridge: string | null): ChannelSnapshot {
  const isSnoop = channel.name.startsWith('Snoop/')
  const to = channel.dialplan?.exten ?? ''
  // A channel that we made has no place in the dialplan; one that came in stands at the number called.
  const isIn = !isSnoop && /^[+0-9]+$/.test(to)
  const state = isUp(channel.state)
    ? 'up'
    : channel.state === 'Ringing' || channel.state === 'Ring'
      ? 'ringing'
      : 'down'
  const kind = isSnoop ? 'snoop' : isIn ? 'in' : 'out'
  return { id: channel.id, kind, state, held: false, bridge, call: isIn ? callOf(channel, to) : null }
}
