import { noPhone } from '../../shared/crm-api/phone.ts'
import type { Offer, OperatorView, WrapUp } from '../../shared/crm-api/work.ts'
import type { User } from '../../shared/crm-api/users.ts'
import type { Operator, OperatorEvent } from '../../shared/domain/operator/operator.ts'
import { next, offline } from '../../shared/domain/operator/operator.ts'
import type { Clock } from '../../shared/std/clock.ts'
import { AppError } from '../../shared/std/errors.ts'
import { emitter } from '../../shared/std/event.ts'
import type { AttemptId, UserId } from '../../shared/std/ids.ts'
import { aUser } from '../builders/offer.ts'

export type CrmDesk = ReturnType<typeof crmDesk>
type Undated<T> = T extends unknown ? Omit<T, 'at'> : never

/** Who may sign in: `anna` and `bruno` are operators, `sara` supervises, `nuova` must change her password. */
const people = ['anna', 'bruno', 'sara', 'nuova'] as const
export const passwordOf = (username: string) => `password of ${username}`

/** Accounts, sessions, operators and their records, by the rules of shared/domain/operator. */
export function crmDesk(clock: Clock) {
  const users = new Map<string, { user: User; password: string }>(
    people.map((name) => {
      const user = aUser(name, {
        ...(name === 'sara' ? { role: 'supervisor' as const } : {}),
        mustChangePassword: name === 'nuova',
      })
      return [name, { user, password: passwordOf(name) }]
    }),
  )
  const sessions = new Map<string, UserId>()
  const operators = new Map<UserId, Operator>()
  const works = new Map<UserId, { stage: 'offered' | 'started'; offer: Offer; ended: null }>()
  const queue: Offer[] = []
  const wrapUps = new Map<AttemptId, WrapUp>()
  const saved = new Map<AttemptId, Offer>()
  const changed = emitter<UserId>()

  const operator = (user: UserId) => operators.get(user) ?? offline(clock.now())
  const move = (user: UserId, event: Undated<OperatorEvent>) => {
    const step = next(operator(user), { ...event, at: clock.now() })
    if ('ignored' in step) throw new AppError('not-in-this-state', step.ignored)
    operators.set(user, step.operator)
  }
  const tryMove = (user: UserId, event: Undated<OperatorEvent>) => {
    const step = next(operator(user), { ...event, at: clock.now() })
    if ('operator' in step) operators.set(user, step.operator)
  }
  /** Gives waiting records to ready operators, then tells who has changed. */
  const settle = (user: UserId) => {
    for (const [id, { state }] of operators) {
      const offer = state === 'ready' ? queue.shift() : undefined
      if (!offer) continue
      works.set(id, {
        stage: 'offered',
        offer: { ...offer, offeredAt: clock.now() },
        ended: null,
      })
      move(id, { type: 'offered', attempt: offer.attempt })
      if (id !== user) changed.emit(id)
    }
    changed.emit(user)
  }
  const workOf = (user: UserId, attempt: string, stage: 'offered' | 'started') => {
    const work = works.get(user)
    if (work?.offer.attempt !== attempt || work.stage !== stage) {
      throw new AppError('not-in-this-state', `attempt ${attempt} is not ${stage}`)
    }
    return work
  }

  return {
    users,
    sessions,
    wrapUps,
    changed: changed.event,
    operator,
    userOf: (token: string) => sessions.get(token),
    viewOf: (user: UserId): OperatorView => {
      const { state, since, breakReason, wanted } = operator(user)
      const today = { worked: wrapUps.size, positive: 0, callbacks: 0 }
      const work = works.get(user) ?? null
      return {
        state,
        since,
        breakReason,
        wanted,
        work,
        idle: null,
        phone: noPhone,
        supervisors: [],
        dialing: null,
        today,
        callbacks: [],
      }
    },
    offer: (...offers: Offer[]) => {
      queue.push(...offers)
      const ready = [...operators].find(([, { state }]) => state === 'ready')
      if (ready) settle(ready[0])
    },
    withdraw: (username: string) => {
      const user = `user-${username}` as UserId
      const work = works.get(user)
      if (work?.stage !== 'offered') throw new Error('nothing is offered')
      works.delete(user)
      move(user, { type: 'withdrawn', attempt: work.offer.attempt })
      settle(user)
    },
    signIn: (user: UserId, token: string) => {
      sessions.set(token, user)
      tryMove(user, { type: 'signed-in' })
    },
    signOut: (token: string) => {
      const user = sessions.get(token)
      sessions.delete(token)
      if (user !== undefined) tryMove(user, { type: 'signed-out' })
    },
    revoke: (user: UserId) => {
      for (const [token, owner] of sessions) if (owner === user) sessions.delete(token)
    },
    connected: (user: UserId, here: boolean) => tryMove(user, { type: here ? 'connected' : 'disconnected' }),
    setState: (user: UserId, event: Undated<OperatorEvent>) => {
      tryMove(user, event)
      settle(user)
    },
    start: (user: UserId, attempt: AttemptId) => {
      const { offer } = workOf(user, attempt, 'offered')
      works.set(user, { stage: 'started', offer, ended: null })
      tryMove(user, { type: 'dialed', attempt })
      changed.emit(user)
    },
    progress: (user: UserId, attempt: AttemptId, type: 'answered' | 'ended') => {
      tryMove(user, { type, attempt })
      changed.emit(user)
    },
    wrapUp: (user: UserId, attempt: AttemptId, body: WrapUp) => {
      const { offer } = workOf(user, attempt, 'started')
      wrapUps.set(attempt, body)
      saved.set(attempt, offer)
      works.delete(user)
      tryMove(user, { type: 'wrapped-up', attempt })
      settle(user)
    },
    undo: (user: UserId, attempt: AttemptId) => {
      const offer = saved.get(attempt)
      const present = works.get(user)
      if (!offer || present?.stage === 'started') throw new AppError('not-in-this-state', 'too late')
      if (present) {
        queue.unshift(present.offer)
        move(user, { type: 'withdrawn', attempt: present.offer.attempt })
      }
      wrapUps.delete(attempt)
      works.set(user, { stage: 'started', offer, ended: null })
      tryMove(user, { type: 'reopened', attempt })
      changed.emit(user)
    },
    skip: (user: UserId, attempt: AttemptId) => {
      workOf(user, attempt, 'offered')
      works.delete(user)
      move(user, { type: 'withdrawn', attempt })
      settle(user)
    },
  }
}
