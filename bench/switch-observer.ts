import { once } from 'node:events'
import { WebSocket } from 'ws'
import { preciseNow } from './wire.ts'

/** An event of Asterisk, as far as it is looked at. */
export interface SwitchEvent {
  type: string
  /** Asterisk's stamp and our receipt, milliseconds since 1970; the stamp has whole ones. */
  stamped: number
  received: number
  channel?: string | undefined
  state?: string | undefined
  bridge?: string | undefined
}

interface Raw {
  type: string
  timestamp?: string
  channel?: { id: string; state: string }
  bridge?: { id: string }
}

export interface SwitchObserver {
  events: readonly SwitchEvent[]
  /** Forgets what was seen. */
  clear(): void
  close(): void
}

/** Looks on beside our server: an application of its own that hears everything and asks nothing. */
export async function observeSwitch(ari: {
  url: string
  user: string
  password: string
}): Promise<SwitchObserver> {
  const query = new URLSearchParams({
    app: 'bench',
    subscribeAll: 'true',
    api_key: `${ari.user}:${ari.password}`,
  })
  const socket = new WebSocket(`${ari.url.replace(/^http/, 'ws')}/events?${query.toString()}`)
  await once(socket, 'open')
  const events: SwitchEvent[] = []
  socket.on('message', (data) => {
    const received = preciseNow()
    const { type, timestamp, channel, bridge } = JSON.parse(String(data)) as Raw
    const stamped = timestamp === undefined ? received : Date.parse(timestamp)
    events.push({ type, stamped, received, channel: channel?.id, state: channel?.state, bridge: bridge?.id })
  })
  return { events, clear: () => events.splice(0), close: () => socket.close() }
}

/** Of each customer's channel: from answered to in the bridge of its operator, both by Asterisk's own stamp. */
export function bridgingTimes(events: readonly SwitchEvent[]): number[] {
  const answered = new Map<string, number>()
  return events.flatMap(({ type, channel = '', state, bridge = '', stamped }) => {
    if (type === 'ChannelStateChange' && state === 'Up') answered.set(channel, stamped)
    const from = answered.get(channel)
    if (type !== 'ChannelEnteredBridge' || !bridge.startsWith('bridge-') || from === undefined) return []
    answered.delete(channel)
    // An operator's own leg enters its bridge, too: it is no customer.
    return channel.startsWith('operator-') ? [] : [stamped - from >= 0 ? stamped - from : 0]
  })
}

/** How long each event took to reach an application. */
export const eventLatencies = (events: readonly SwitchEvent[]): number[] =>
  events.map(({ stamped, received }) => Math.max(0, received - stamped))
