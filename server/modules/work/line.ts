import type { Colleague } from '../../../shared/crm-api/lines.ts'
import type { LegEnd } from '../../../shared/domain/call/legs.ts'
import type { OperatorEvent } from '../../../shared/domain/operator/operator.ts'
import type { Instant } from '../../../shared/std/clock.ts'
import { AppError } from '../../../shared/std/errors.ts'
import type { AttemptId, UserId } from '../../../shared/std/ids.ts'
import { handOn } from './hand-on.ts'
import type { Talk } from './talks.ts'
import { talks } from './talks.ts'
import { phoneLost, phoneUp } from './phone.ts'
import type { Db, DialPlan, WorkPorts } from './ports.ts'
import { dialedByServer, dialPlan, giveBack, notReached, reached, undialedOffers } from './server-dial.ts'

interface EndFacts {
  at: Instant
  answeredAt: Instant | null
  end: LegEnd
  switchCause: string | null
}

export interface WorkLine {
  phoneUp(user: UserId): Promise<void>
  /** True where `phoneUp` is to be told when it is back. */
  phoneLost(user: UserId): Promise<boolean>
  /** The phone's state changed in some other way: the view does. */
  phoneChanged(user: UserId): void
  /** See `DialPlan`. Throws `not-found` where the operator has not started that attempt to that number. */
  planOf(user: UserId, attempt: AttemptId, phone: string): Promise<DialPlan & { isOver: boolean }>
  /** What goes before an outside number in this attempt's campaign, for this operator. */
  prefixOf(user: UserId, attempt: AttemptId): Promise<string>
  progress(user: UserId, attempt: AttemptId, what: 'answered' | 'ended', at: Instant): Promise<void>
  reached(user: UserId, attempt: AttemptId, at: Instant): Promise<void>
  notReached(user: UserId, attempt: AttemptId, facts: EndFacts): Promise<void>
  /** The call of an attempt is over: its facts, also the raw cause; the outcome is still to be said. */
  ended(user: UserId, attempt: AttemptId, facts: EndFacts): Promise<void>
  /** Who these operators are and what they do, ready ones first. */
  colleagues(users: readonly UserId[]): Promise<Colleague[]>
  /** The attempt that the colleague has then. Throws `not-in-this-state` where they are not free. */
  handOn(from: UserId, attempt: AttemptId, to: UserId): Promise<AttemptId>
  /**
   * Of a server that starts: what it was dialling when it died, and who was in a call. Offers it had not dialled yet
   * are given back.
   */
  leftBehind(): Promise<{ dialed: { id: AttemptId; operator: UserId }[]; talks: Talk[] }>
  /** Link or phones came back: who waits may have work now. */
  look(): void
}

/** Without those that are not there any more. */
async function colleagues(db: Db, users: readonly UserId[]): Promise<Colleague[]> {
  if (users.length === 0) return []
  const rows = await db
    .selectFrom('user_account')
    .innerJoin('operators', 'operators.user_id', 'user_account.id')
    .select(['user_account.id', 'display_name', 'state'])
    .where('user_account.id', 'in', [...users])
    .orderBy('display_name')
    .execute()
  const ready = rows.filter(({ state }) => state === 'ready')
  const others = rows.filter(({ state }) => state !== 'ready')
  return [...ready, ...others].map((row) => ({ user: row.id, name: row.display_name, state: row.state }))
}

/** `run`: how the module tells operators and goes on after a change. */
export function workLine(
  ports: WorkPorts,
  run: {
    tell(user: UserId): Promise<void>
    after(user: UserId, released: boolean): Promise<void>
    move(user: UserId, event: OperatorEvent): Promise<boolean>
    look(): void
  },
): WorkLine {
  const { db, clock } = ports
  return {
    phoneUp: async (user) => {
      await phoneUp(ports, user)
      await run.after(user, false)
    },
    phoneLost: async (user) => {
      const took = await phoneLost(ports, user)
      await run.tell(user)
      if (took) run.look()
      return took
    },
    phoneChanged: (user) => void run.tell(user),
    planOf: async (user, attempt, phone) => {
      const row = await db
        .selectFrom('attempts')
        .select('ended_at')
        .where('id', '=', attempt)
        .where('operator', '=', user)
        .where('state', '=', 'started')
        .where('phone', '=', phone)
        .executeTakeFirst()
      if (!row) throw new AppError('not-found', 'no such call was allowed')
      return { ...(await dialPlan(ports, user, attempt)), isOver: row.ended_at !== null }
    },
    prefixOf: async (user, attempt) => (await dialPlan(ports, user, attempt)).prefix,
    progress: async (user, attempt, what, at) => {
      if (await run.move(user, { type: what, attempt, at })) await run.tell(user)
    },
    reached: async (user, attempt, at) => {
      await reached(db, attempt, at)
      await run.move(user, { type: 'answered', attempt, at })
      await run.tell(user)
    },
    notReached: async (user, attempt, facts) => {
      await notReached(ports, user, attempt, facts)
      await run.after(user, true)
    },
    ended: async (user, attempt, facts) => {
      await db
        .updateTable('attempts')
        .set({
          answered_at: facts.answeredAt,
          ended_at: facts.at,
          end_cause: facts.end,
          switch_cause: facts.switchCause,
        })
        .where('id', '=', attempt)
        // Also after its wrap-up: one key saves and hangs up, and a server that was away hears of both late.
        .where('state', 'in', ['started', 'handed-on', 'wrapped-up'])
        .execute()
      if (await run.move(user, { type: 'ended', attempt, at: facts.at })) await run.tell(user)
    },
    colleagues: (users) => colleagues(db, users),
    handOn: async (from, attempt, to) => {
      const next = await handOn(ports, from, attempt, to)
      await run.move(from, { type: 'ended', attempt, at: clock.now() })
      await Promise.all([run.tell(from), run.tell(to)])
      return next
    },
    leftBehind: async () => {
      for (const user of await undialedOffers(db, clock.now())) await giveBack(ports, user)
      return { dialed: await dialedByServer(db), talks: await talks(db) }
    },
    look: run.look,
  }
}
