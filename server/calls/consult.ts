import { unreachable } from '../../shared/std/never.ts'

/**
 * A second party while a customer is on the line. The operator's leg stays in the operator's own bridge all the time:
 * customer and party are fetched into it or wait outside with music.
 *
 *   none ──ask──> ringing ──answered──> party <──swap──> customer
 *                                         └──join──> both <──join──┘
 *   cancel and party-ended lead back to none with the customer; complete connects the two others and leaves.
 *   customer-ended is the end of all of it.
 */
export const consultStates = ['none', 'ringing', 'party', 'customer', 'both'] as const
export type ConsultState = (typeof consultStates)[number]

export const consultEvents = [
  'ask',
  'answered',
  'party-ended',
  'customer-ended',
  'swap',
  'join',
  'complete',
  'cancel',
] as const
export type ConsultEvent = (typeof consultEvents)[number]

/** Carried out in this order. `drop-party` hangs an outside party up and sends a colleague back to their own bridge. */
export type ConsultEffect =
  | 'call-party'
  | 'drop-party'
  | 'fetch-customer'
  | 'fetch-party'
  | 'wait-customer'
  | 'wait-party'
  | 'connect'

export type ConsultStep = { state: ConsultState; effects: readonly ConsultEffect[] } | { ignored: string }

const to = (state: ConsultState, ...effects: ConsultEffect[]): ConsultStep => ({ state, effects })

/** Pure: which party hears whom after the event. What does not fit is `ignored` with the reason. */
export function next(state: ConsultState, event: ConsultEvent): ConsultStep {
  const no: ConsultStep = { ignored: `${event}: the consult is ${state}` }
  const isUp = state === 'party' || state === 'customer' || state === 'both'
  switch (event) {
    case 'ask':
      return state === 'none' ? to('ringing', 'wait-customer', 'call-party') : no
    case 'answered':
      return state === 'ringing' ? to('party', 'fetch-party') : no
    case 'swap':
      if (state === 'party') return to('customer', 'wait-party', 'fetch-customer')
      return state === 'customer' ? to('party', 'wait-customer', 'fetch-party') : no
    case 'join':
      if (state === 'party') return to('both', 'fetch-customer')
      return state === 'customer' ? to('both', 'fetch-party') : no
    case 'complete':
      return isUp ? to('none', 'connect') : no
    case 'cancel':
      if (state === 'ringing' || state === 'party') return to('none', 'drop-party', 'fetch-customer')
      return isUp ? to('none', 'drop-party') : no
    case 'party-ended':
      if (state === 'ringing' || state === 'party') return to('none', 'fetch-customer')
      return isUp ? to('none') : no
    case 'customer-ended':
      return state === 'none' ? no : to('none', 'drop-party')
    default:
      return unreachable(event)
  }
}
