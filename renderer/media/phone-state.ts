import type { MediaProblem, Registration } from '../../shared/contract/media.ts'
import { unreachable } from '../../shared/std/never.ts'

/**
 * The phone in the page: registration and its one leg. Pure: who runs the effects is `phone.ts`.
 *
 *   none --account--> registering --registered--> registered
 *                         ^  |                        |
 *                         |  +--disconnected: wait, retry (no end to it)
 *                         +------disconnected---------+
 *   any --refused, expired, unsupported--> failed --account--> registering
 *
 * A leg outlives its registration: sound does not travel over the socket.
 */
export interface PhoneState {
  registration: Registration
  problem: MediaProblem | null
  /** Failures since the last success. */
  tries: number
  leg: { name: 'none' } | { name: 'answering' | 'up'; id: string }
  echo: { name: 'none' | 'failed' } | { name: 'calling' | 'up'; id: string }
  /** The network changed while nothing could be told to the switch. */
  iceDue: boolean
}

export const idlePhone: PhoneState = {
  registration: 'none',
  problem: null,
  tries: 0,
  leg: { name: 'none' },
  echo: { name: 'none' },
  iceDue: false,
}

export type PhoneEvent =
  /** The server made new credentials. */
  | { type: 'account' }
  | { type: 'account-gone' }
  | { type: 'connected' | 'registered' }
  /** No socket, or no answer over it. */
  | { type: 'disconnected' }
  /** The switch does not know these credentials. */
  | { type: 'refused' }
  | { type: 'expired' | 'unsupported' }
  | { type: 'retry' }
  | { type: 'network-changed' }
  /** `ours`: it carries the answer token. */
  | { type: 'invited'; id: string; ours: boolean }
  | { type: 'leg-up' | 'leg-ended'; id: string }
  | { type: 'echo-asked'; id: string }
  | { type: 'echo-stopped' }

export type PhoneEffect =
  /** Puts a new user agent in the place of the last, which keeps its leg until that ends. */
  | { do: 'start' }
  | { do: 'stop' }
  | { do: 'connect' | 'register' }
  | { do: 'wait'; tries: number }
  | { do: 'answer' | 'hang-up' | 'restart-ice' | 'call-echo'; id: string }
  /** RFC 3261 section 21: 486 Busy Here, 603 Decline. */
  | { do: 'decline'; id: string; code: 486 | 603 }

export type PhoneStep = { state: PhoneState; effects: readonly PhoneEffect[] } | { ignored: string }

const step = (state: PhoneState, ...effects: readonly PhoneEffect[]): PhoneStep => ({ state, effects })
const hangUpAll = (state: PhoneState): PhoneEffect[] => [
  ...('id' in state.leg ? [{ do: 'hang-up', id: state.leg.id } as const] : []),
  ...('id' in state.echo ? [{ do: 'hang-up', id: state.echo.id } as const] : []),
]

export function nextPhone(state: PhoneState, event: PhoneEvent): PhoneStep {
  const { registration } = state
  const isWanted = registration === 'registering' || registration === 'registered'
  switch (event.type) {
    case 'account':
      return step({ ...state, registration: 'registering', problem: null, tries: 0 }, { do: 'start' })
    case 'account-gone':
      if (registration === 'none') return { ignored: 'there is no account' }
      return step(idlePhone, ...hangUpAll(state), { do: 'stop' })
    case 'connected':
      if (registration !== 'registering') return { ignored: `connected while ${registration}` }
      return step(state, { do: 'register' })
    case 'registered':
      return registered(state)
    case 'disconnected':
      if (!isWanted) return { ignored: `disconnected while ${registration}` }
      return step(
        { ...state, registration: 'registering', problem: 'socket-lost', tries: state.tries + 1 },
        { do: 'wait', tries: state.tries },
      )
    case 'refused':
    case 'expired':
    case 'unsupported':
      if (!isWanted) return { ignored: `${event.type} while ${registration}` }
      return step({ ...state, registration: 'failed', problem: event.type })
    case 'retry':
      if (registration !== 'registering') return { ignored: `retry while ${registration}` }
      return step(state, { do: 'connect' })
    case 'network-changed':
      if (state.leg.name !== 'up') return { ignored: 'no leg to move' }
      if (registration !== 'registered') return step({ ...state, iceDue: true })
      return step(state, { do: 'restart-ice', id: state.leg.id })
    case 'invited':
      return invited(state, event)
    case 'leg-up':
      return legUp(state, event.id)
    case 'leg-ended':
      return legEnded(state, event.id)
    case 'echo-asked':
      if (registration !== 'registered' || 'id' in state.leg || 'id' in state.echo) {
        return { ignored: 'no echo now' }
      }
      return step({ ...state, echo: { name: 'calling', id: event.id } }, { do: 'call-echo', id: event.id })
    case 'echo-stopped':
      if (state.echo.name === 'none') return { ignored: 'no echo' }
      return step(
        { ...state, echo: { name: 'none' } },
        ...('id' in state.echo ? [{ do: 'hang-up', id: state.echo.id } as const] : []),
      )
    default:
      return unreachable(event)
  }
}

function registered(state: PhoneState): PhoneStep {
  if (state.registration !== 'registering') return { ignored: `registered while ${state.registration}` }
  const effects: PhoneEffect[] =
    state.iceDue && state.leg.name === 'up' ? [{ do: 'restart-ice', id: state.leg.id }] : []
  return step({ ...state, registration: 'registered', problem: null, tries: 0, iceDue: false }, ...effects)
}

/**
 * Only our own server knows the token, and it calls again only when it takes the leg for lost: so the newest wins,
 * which heals a leg whose end never reached us. Everybody else is turned away.
 */
function invited(state: PhoneState, { id, ours }: { id: string; ours: boolean }): PhoneStep {
  const isBusy = 'id' in state.leg || 'id' in state.echo
  if (!ours) return step(state, { do: 'decline', id, code: isBusy ? 486 : 603 })
  if (state.registration === 'none') return step(state, { do: 'decline', id, code: 603 })
  return step({ ...state, leg: { name: 'answering', id }, echo: { name: 'none' } }, ...hangUpAll(state), {
    do: 'answer',
    id,
  })
}

function legUp(state: PhoneState, id: string): PhoneStep {
  if ('id' in state.leg && state.leg.id === id) return step({ ...state, leg: { name: 'up', id } })
  if ('id' in state.echo && state.echo.id === id) return step({ ...state, echo: { name: 'up', id } })
  // it was answered in the moment it was given up
  return step(state, { do: 'hang-up', id })
}

function legEnded(state: PhoneState, id: string): PhoneStep {
  if ('id' in state.leg && state.leg.id === id)
    return step({ ...state, leg: { name: 'none' }, iceDue: false })
  if ('id' in state.echo && state.echo.id === id) {
    return step({ ...state, echo: { name: state.echo.name === 'up' ? 'none' : 'failed' } })
  }
  return { ignored: 'not our leg any more' }
}
