import { afterEach, beforeEach } from 'vitest'
import type { Draft, Work } from '../../shared/contract/call.ts'
import type { AttemptId, OutcomeCode } from '../../shared/std/ids.ts'
import { anOffer } from '../builders/offer.ts'
import type { Page, World } from './world.ts'
import { createWorld } from './world.ts'

/** The records of Ciro and Nunzia, in that order. */
export const [one, two] = ['attempt-Ciro', 'attempt-Nunzia'] as AttemptId[] as [AttemptId, AttemptId]
/** Numbers whose customer answers and stays, or answers and hangs up. */
export const stays = '+390815520008'
export const hangsUp = '+390815520004'
export const [sold, callback] = ['sold', 'callback'] as OutcomeCode[] as [OutcomeCode, OutcomeCode]

export const draft = (note: string): Draft => ({
  answers: { interest: 'yes' },
  note,
  page: 'offer',
  outcome: null,
  callbackText: '',
})

export interface AtWork {
  world: World
  page: Page
  work(): Work | null
  phase(): string | undefined
  /** Calls the first record and lets time go on until it is so far. */
  dialUntil(name: 'ringing' | 'talking' | 'wrap-up'): Promise<void>
  save(attempt: AttemptId, key: string, note?: string): Promise<{ savedAt: number }>
  allSent(): boolean
  signIn(username: string): Promise<void>
}

/** Before each test: Anna is signed in and ready, and the first of her two records is on the desk. */
export function operatorAtWork(): AtWork {
  const at = {
    work: () => at.page.shown.desk.work,
    phase: () => at.work()?.call?.phase.name,
    dialUntil: async (name) => {
      await at.world.during(at.page.ask.call.dial({ attempt: one, phone: stays }))
      await at.world.until(() => at.phase() === name)
    },
    save: (attempt, key, note = 'scritto') =>
      at.world.during(
        at.page.ask.call.wrapUp({ attempt, key, outcome: sold, callbackAt: null, draft: draft(note) }),
      ),
    allSent: () => at.page.shown.outbox.waiting === 0,
    signIn: (username) =>
      at.world.during(at.page.ask.session.signIn({ username, password: `password of ${username}` })),
  } as AtWork

  beforeEach(async () => {
    at.world = await createWorld()
    at.world.crm.offer(anOffer('Ciro', stays), anOffer('Nunzia', stays))
    at.page = await at.world.begin()
    await at.world.until(() => at.work()?.attempt === one)
  })
  afterEach(() => at.world.end())
  return at
}
