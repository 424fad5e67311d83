import { unreachable } from '../../std/never.ts'

/** `listen`: nobody hears the supervisor. `coach`: the operator does, the customer does not. `join`: all hear all. */
export const supervisionModes = ['listen', 'coach', 'join'] as const
export type SupervisionMode = (typeof supervisionModes)[number]

/**
 * phone: the supervisor's own phone is not up (yet). waiting: the operator has no call that can be heard, the next one
 * will be. heard: the call is heard at this moment.
 */
export const supervisionStates = ['phone', 'waiting', 'heard'] as const
export type SupervisionState = (typeof supervisionStates)[number]

/**
 * A supervisor stays with an operator, call after call:
 *
 *   phone <──phone──> waiting <──call──> heard, in one of three modes
 *
 * Facts decide the state; a wish decides the mode, which holds for the call it was said of: the next call is only
 * listened to, so that nobody speaks into a conversation that they have not heard.
 */
export interface Supervision {
  state: SupervisionState
  mode: SupervisionMode
  /** The call that the mode was said of. */
  call: string | null
}

export type SupervisionEvent =
  /** What is so now. `call`: of the operator, answered; `canBeHeard`: the operator's own phone is on it. */
  | { type: 'facts'; isPhoneUp: boolean; call: string | null; canBeHeard: boolean }
  | { type: 'mode'; mode: SupervisionMode }

/**
 * In this order. `note-end`, `note-begin`, `note-mode`: the audit. `place`: the switch is brought to what state and mode
 * say.
 */
export type SupervisionEffect = 'place' | 'note-end' | 'note-begin' | 'note-mode'

export interface SupervisionStep {
  supervision: Supervision
  effects: readonly SupervisionEffect[]
}

export const begin = (mode: SupervisionMode, call: string | null): Supervision => ({
  state: 'phone',
  mode,
  call,
})

/** Pure: what follows from a fact or a wish. What is heard is noted before it is heard. */
export function next(before: Supervision, event: SupervisionEvent): SupervisionStep {
  switch (event.type) {
    case 'mode': {
      if (event.mode === before.mode) return { supervision: before, effects: [] }
      const isHeard = before.state === 'heard'
      return {
        supervision: { ...before, mode: event.mode },
        effects: isHeard ? ['note-mode', 'place'] : [],
      }
    }
    case 'facts': {
      const isSameCall = event.call === before.call
      const heard = event.canBeHeard && event.call !== null ? 'heard' : 'waiting'
      const supervision: Supervision = {
        state: event.isPhoneUp ? heard : 'phone',
        mode: isSameCall ? before.mode : 'listen',
        call: event.call,
      }
      return { supervision, effects: whatChanged(before, supervision) }
    }
    default:
      return unreachable(event)
  }
}

function whatChanged(before: Supervision, after: Supervision): readonly SupervisionEffect[] {
  const was = before.state === 'heard'
  const is = after.state === 'heard'
  if (was && is) return before.call === after.call ? [] : ['note-end', 'note-begin', 'place']
  if (is) return ['note-begin', 'place']
  return was ? ['place', 'note-end'] : []
}
