import type { CallId, LegId } from '../../std/ids.ts'
import type { CtiEvent, LegEvent, LegSnapshot } from './legs.ts'

export type LiveLegs = ReadonlyMap<LegId, LegSnapshot>

/** The legs that are up after one more fact. Facts that come twice or late change nothing. */
export function follow(legs: LiveLegs, event: CtiEvent): LiveLegs {
  if (!('leg' in event)) return legs
  const { leg } = event
  if (event.type === 'leg-ended') {
    if (!legs.has(leg)) return legs
    const left = new Map(legs)
    left.delete(leg)
    return left
  }
  const before = legs.get(leg) ?? begun(event)
  return before ? new Map(legs).set(leg, { ...before, ...changeOf(before, event) }) : legs
}

/** What is told first of a leg: it was offered, dialled for us, or rings because we dialled it. */
function begun(event: LegEvent): LegSnapshot | undefined {
  const { leg, at } = event
  const fresh = {
    leg,
    state: 'ringing',
    held: false,
    muted: false,
    consult: null,
    recording: 'off',
    startedAt: at,
    answeredAt: null,
  } as const
  switch (event.type) {
    case 'leg-offered':
      return { ...fresh, call: event.call, direction: 'in', peer: event.from, to: event.to }
    case 'leg-dialed':
      return { ...fresh, call: event.call, direction: 'out', peer: event.to, to: '' }
    case 'leg-ringing':
      return { ...fresh, call: leg as string as CallId, direction: 'out', peer: '', to: '' }
    default:
      return undefined
  }
}

function changeOf(before: LegSnapshot, event: LegEvent): Partial<LegSnapshot> {
  switch (event.type) {
    case 'leg-answered':
      return before.state === 'answered' ? {} : { state: 'answered', answeredAt: event.at }
    case 'leg-held':
    case 'leg-resumed':
      return { held: event.type === 'leg-held' }
    case 'leg-muted':
    case 'leg-unmuted':
      return { muted: event.type === 'leg-muted' }
    case 'leg-consult':
      return { consult: event.consult }
    case 'leg-recording':
      return { recording: event.recording }
    default:
      return {}
  }
}
