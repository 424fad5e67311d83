import type { LegId, UserId } from '../../shared/std/ids.ts'

/**
 * Our own ids on the switch. A customer's channel is named by its attempt, so that dialling twice is refused there
 * (409); everything else says what it is, so that a server that starts again knows what it finds.
 */
export const bridgeOf = (user: UserId) => `bridge-${user}`
export const readBridge = (bridge: string): UserId | null =>
  (/^bridge-(.+)$/.exec(bridge)?.[1] ?? null) as UserId | null
export const operatorChannel = (user: UserId, call: number) => `operator-${user}-${call}`
export const consultChannel = (consult: LegId) => `consult-${consult}`
/** Customer and new party after a hand-over to the world outside. */
export const handedBridge = (leg: LegId) => `handed-${leg}`
export const handedChannel = (leg: LegId) => `party-${leg}`

/** Silence on the leg of an operator who is coached while nobody else is in the bridge. */
export const silenceFor = (user: UserId) => `silence-${user}`
/** What a supervisor hears an operator through; each mode has a new one. */
export const snoopChannel = (supervisor: UserId, count: number) => `snoop-${supervisor}-${count}`

export function readSnoopChannel(channel: string): { supervisor: UserId; count: number } | null {
  const found = /^snoop-(.+)-(\d+)$/.exec(channel)
  return found?.[1] ? { supervisor: found[1] as UserId, count: Number(found[2]) } : null
}

/** Whose operator's leg a channel is, and which call of their phone; null for other channels. */
export function readOperatorChannel(channel: string): { user: UserId; call: number } | null {
  const found = /^operator-(.+)-(\d+)$/.exec(channel)
  return found?.[1] ? { user: found[1] as UserId, call: Number(found[2]) } : null
}

export const isOurParty = (channel: string) => /^(consult|party|snoop)-/.test(channel)
