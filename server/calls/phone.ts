import type { PhoneKind, PhoneProblem, PhoneState, PhoneView } from '../../shared/crm-api/phone.ts'
import { unreachable } from '../../shared/std/never.ts'

/**
 * An operator's phone, nailed up: called once, kept in the operator's own bridge until the session ends.
 *
 *   none ──opened──> provisioned ──registered──> registered ──wanted──> calling ──leg-up──> up
 *                        ^                            ^                    │                │
 *                        ├──gone, page reloaded───────│────────────────────┴────────────────┤
 *                        │                            └──leg-ended──────────────────────────┤
 *                        └──switch-restarted────────────────────────────────────────────────┘
 *
 * `wanted` stays true from the first wish to be ready on, so that a phone that comes back is called by itself. A desk
 * phone has no registration of ours: it goes from opened to registered at once.
 */
export interface Phone {
  state: PhoneState
  kind: PhoneKind | null
  wanted: boolean
  /** Calls of this phone so far, for the channel's name; and in a row without success. */
  calls: number
  failures: number
  problem: PhoneProblem | null
}

export type PhoneEvent =
  | { type: 'opened'; kind: PhoneKind }
  | {
      type:
        | 'registered'
        | 'gone'
        | 'wanted'
        | 'leg-up'
        | 'leg-ended'
        | 'retry'
        | 'switch-restarted'
        | 'closed'
    }
  /** Found on the switch by a server that starts: the leg with this number is there. */
  | { type: 'found'; call: number; isUp: boolean }

/**
 * `call`: channel number `calls`. `tell-up` and `tell-lost`: the operator may work, may not. `hang-up`: channel number
 * `calls` as it was before the event. `provision`: the account that the switch forgot, with its old password.
 */
export type PhoneEffect =
  | 'call'
  | 'hang-up'
  | 'tell-up'
  | 'tell-lost'
  | 'retry-later'
  | 'provision'
  | 'withdraw'

export interface PhoneStep {
  phone: Phone
  effects: readonly PhoneEffect[]
}

export const noAccount: Phone = {
  state: 'none',
  kind: null,
  wanted: false,
  calls: 0,
  failures: 0,
  problem: null,
}

/** A phone that does not take its call is not rung for ever; a page has answered the second time after a reload. */
const mostFailures = 3

/** Moves a phone by one event; one that does not fit changes nothing. */
export function next(phone: Phone, event: PhoneEvent): PhoneStep {
  const { state } = phone
  if (event.type === 'opened') return opened(phone, event.kind)
  if (state === 'none') return stay(phone)
  const hasLeg = state === 'calling' || state === 'up'
  switch (event.type) {
    case 'registered':
      if (state === 'registered' && phone.wanted) return call(phone)
      if (state !== 'provisioned') return stay(phone)
      return phone.wanted
        ? call({ ...phone, failures: 0 })
        : to(phone, { state: 'registered', problem: null, failures: 0 })
    case 'gone':
      if (state === 'provisioned' || phone.kind === 'desk') return stay(phone)
      // The page crashed: its channel would stay up until its audio times out.
      return hasLeg
        ? lost(phone, { state: 'provisioned', problem: 'not-registered' }, ['hang-up'])
        : to(phone, { state: 'provisioned', problem: 'not-registered' })
    case 'wanted':
      if (state === 'up') return to(phone, { wanted: true }, ['tell-up'])
      if (state === 'registered') return call({ ...phone, wanted: true, failures: 0 })
      return to(phone, { wanted: true })
    case 'retry':
      return state === 'registered' && phone.wanted ? call(phone) : stay(phone)
    case 'leg-up':
      return state === 'calling'
        ? to(phone, { state: 'up', failures: 0, problem: null }, ['tell-up'])
        : stay(phone)
    case 'leg-ended':
      return hasLeg ? legEnded(phone) : stay(phone)
    case 'switch-restarted': {
      const change = { state: phone.kind === 'desk' ? 'registered' : 'provisioned', failures: 0 } as const
      const again = phone.kind === 'desk' ? (['retry-later'] as const) : (['provision'] as const)
      return hasLeg ? lost(phone, change, again) : to(phone, change, again)
    }
    case 'found':
      return event.isUp
        ? to(phone, { state: 'up', wanted: true, calls: event.call, problem: null }, ['tell-up'])
        : to(phone, { state: 'calling', wanted: true, calls: event.call })
    case 'closed':
      return {
        phone: { ...noAccount, calls: phone.calls },
        effects: [...(hasLeg ? (['hang-up'] as const) : []), 'withdraw'],
      }
    default:
      return unreachable(event)
  }
}

/** A page asks for an account because it is new, or because its own was refused: what it had before is gone. */
function opened(phone: Phone, kind: PhoneKind): PhoneStep {
  const hasLeg = phone.state === 'calling' || phone.state === 'up'
  if (kind === 'desk' && phone.kind === 'desk') {
    return hasLeg ? stay(phone) : to(phone, { state: 'registered', problem: null })
  }
  const change = { kind, state: kind === 'desk' ? 'registered' : 'provisioned', failures: 0 } as const
  if (!hasLeg) return to(phone, { ...change, problem: null })
  return lost(phone, change, ['hang-up'])
}

function legEnded(phone: Phone): PhoneStep {
  if (phone.state === 'up') {
    const again = phone.wanted ? (['retry-later'] as const) : []
    return lost(phone, { state: 'registered', problem: 'leg-lost' }, again)
  }
  const failures = phone.failures + 1
  const givesUp = failures >= mostFailures || phone.kind === 'desk'
  return givesUp
    ? to(phone, { state: 'registered', failures, wanted: false, problem: 'no-answer' })
    : to(phone, { state: 'registered', failures, problem: 'no-answer' }, ['retry-later'])
}

const call = (phone: Phone): PhoneStep => to(phone, { state: 'calling', calls: phone.calls + 1 }, ['call'])

/** Told as lost only where it was told as up. */
const lost = (phone: Phone, change: Partial<Phone>, effects: readonly PhoneEffect[]): PhoneStep =>
  to(phone, { problem: 'leg-lost', ...change }, phone.state === 'up' ? [...effects, 'tell-lost'] : effects)

const to = (phone: Phone, change: Partial<Phone>, effects: readonly PhoneEffect[] = []): PhoneStep => ({
  phone: { ...phone, ...change },
  effects,
})
const stay = (phone: Phone): PhoneStep => ({ phone, effects: [] })

/** What the operator's view says of it. */
export const viewOf = (phone: Phone, link: 'up' | 'down'): Omit<PhoneView, 'needed'> => ({
  kind: phone.kind,
  state: phone.state,
  problem: link === 'down' ? 'switch-away' : phone.problem,
})
