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

/** What we give our own channels as the application's argument; calls from outside bring `inbound` and the number. */
export const ours = 'ours'

/** One event as facts. */
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
    // EndpointStateChange is not among what "everything" means.
    case 'PeerStatusChange': {
      const { resource, state } = event.endpoint
      return [{ fact: 'phone', account: resource, registered: state === 'online' }]
    }
    case 'ContactStatusChange': {
      // The only word about a phone that registers in the place of another.
      const { contact_status: status } = event.contact_info
      const isThere = status === 'NonQualified' || status === 'Reachable'
      return isThere ? [{ fact: 'phone', account: event.endpoint.resource, registered: true }] : []
    }
    case 'ChannelTransfer': {
      // Said once more when the phone hangs up, out of its bridge by then.
      const { source_channel: source, bridge } = event.referred_by
      const { destination } = event.refer_to.requested_destination
      if (bridge === undefined || destination === undefined) return []
      return [{ fact: 'transfer', channel: source.id, to: destination }]
    }
    case 'ApplicationReplaced':
      return []
    default:
      return unreachable(event)
  }
}

const states: Readonly<Record<string, ChannelSnapshot['state']>> = {
  Up: 'up',
  Ring: 'ringing',
  Ringing: 'ringing',
}

/** A channel as it stands, for the resync after a gap; null for one that is not in our application. */
export function snapshotOf(channel: AriChannel, app: string, bridge: string | null): ChannelSnapshot | null {
  const { app_name: name, app_data: data = '' } = channel.dialplan
  const [where, what, to = ''] = data.split(',')
  // A caller who hears the dialplan's music because we were away is offered again: not ours yet.
  if (name !== 'Stasis' || where !== app) return null
  const isIn = what === 'inbound'
  const kind = channel.name.startsWith('Snoop/') ? 'snoop' : isIn ? 'in' : 'out'
  const state = states[channel.state] ?? 'down'
  return { id: channel.id, kind, state, held: false, bridge, call: isIn ? callOf(channel, to) : null }
}
