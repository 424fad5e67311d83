import type { ChannelId } from '../port.ts'
import type { Channel, SwitchState } from './state.ts'

/** A channel's voice by its id, `music`, or a sound that is played (`tone:…`, `sound:…`, `recording:…`). */
export type Audible = string

/** Who and what the party at the end of this channel hears. A snoop channel's party is whoever shares its bridge. */
export function hears(state: SwitchState, id: ChannelId): Set<Audible> {
  const channel = state.channels.get(id)
  if (channel === undefined || channel.kind === 'snoop') return new Set()
  const heard = listen(state, channel)
  if (isSentAnything(state, channel))
    for (const snoop of snoopsOf(state, id, 'out')) for (const voice of listen(state, snoop)) heard.add(voice)
  return heard
}

/** What the switch sends into the channel. */
function listen(state: SwitchState, channel: Channel): Set<Audible> {
  if (channel.state !== 'up' || channel.held || channel.mutedOut) return new Set()
  // Music and playbacks on the channel itself take the place of the bridge's sound (measured by tones).
  const own = soundsOn(state, (on) => 'channel' in on && on.channel === channel.id)
  if (own.length > 0) return new Set(own)
  if (channel.hasMusic) return new Set(['music'])
  const { bridge } = channel
  if (bridge === null) return new Set()
  const heard = new Set<Audible>(soundsOn(state, (on) => 'bridge' in on && on.bridge === bridge))
  for (const other of state.channels.values()) {
    if (other.bridge === bridge && other.id !== channel.id)
      for (const voice of says(state, other)) heard.add(voice)
  }
  return heard
}

/** A whisper rides on what is sent: nothing is to a channel that is alone in its bridge (measured on Asterisk 22.10.1). */
const isSentAnything = (state: SwitchState, { id, bridge, hasMusic }: Channel) =>
  hasMusic ||
  soundsOn(state, (on) => ('channel' in on ? on.channel === id : on.bridge === bridge)).length > 0 ||
  [...state.channels.values()].some((other) => bridge !== null && other.bridge === bridge && other.id !== id)

/** What a channel brings into its bridge. */
function says(state: SwitchState, channel: Channel): Set<Audible> {
  if (channel.state !== 'up' || channel.held || channel.mutedIn) return new Set()
  if (channel.snoop === null) {
    const voices = new Set<Audible>([channel.id])
    for (const snoop of snoopsOf(state, channel.id, 'in'))
      for (const voice of listen(state, snoop)) voices.add(voice)
    return voices
  }
  const { of, spy } = channel.snoop
  const spied = state.channels.get(of)
  const voices = new Set<Audible>()
  if (spied === undefined || spy === 'none') return voices
  if (spy !== 'out') voices.add(of)
  if (spy !== 'in') for (const voice of listen(state, spied)) voices.add(voice)
  return voices
}

const snoopsOf = (state: SwitchState, of: ChannelId, whisper: 'in' | 'out') =>
  [...state.channels.values()].filter(
    ({ snoop }) => snoop?.of === of && (snoop.whisper === whisper || snoop.whisper === 'both'),
  )

const soundsOn = (state: SwitchState, fits: (on: { channel: string } | { bridge: string }) => boolean) =>
  [...state.playbacks.values()].filter(({ on }) => fits(on)).map(({ sound }) => sound)
