import { sql } from 'kysely'
import type { Clock, Instant } from '../../../shared/std/clock.ts'
import type { Log } from '../../../shared/std/log.ts'
import type { CallerId } from '../../../shared/std/ids.ts'
import type { AuditLog } from '../audit/rules.ts'
import type { Db } from './repository.ts'

const dayMs = 24 * 60 * 60_000
/** Rows of one transaction: a year of callers must not hold a lock for minutes. */
const batch = 1_000

export interface CallerRetention {
  start(): void
  stop(): Promise<void>
  /** Resolves once no deletion is under way. */
  idle(): Promise<void>
}

/**
 * Deletes callers `days` after they were answered or had gone, at the start and once a day (GDPR art. 5(1)(e)). Who
 * still waits, and who has an operator on a call or at its outcome, stays. The attempts that they became stay, without
 * them; each deletion is in the audit with its count.
 */
export function callerRetention(ports: {
  db: Db
  clock: Clock
  log: Log
  audit: AuditLog
  days: number
}): CallerRetention {
  const { db, clock, log, audit, days } = ports
  let stopTimer = () => {}
  const stopping = new AbortController()
  let sweeping: Promise<void> = Promise.resolve()

  const deleteBatch = (now: Instant): Promise<number> =>
    db.transaction().execute(async (tx) => {
      const ids = await overdueCallers(tx, now - days * dayMs)
      if (ids.length === 0) return 0
      await tx.updateTable('attempts').set({ caller: null }).where('caller', 'in', ids).execute()
      await tx.deleteFrom('callers').where('id', 'in', ids).execute()
      const details = { why: 'retention', days, count: ids.length }
      const who = { at: now, username: null, address: '' }
      await audit.add(tx, { ...who, action: 'callers.deleted', subject: null, details })
      return ids.length
    })

  async function sweep(): Promise<void> {
    let deleted = batch
    while (deleted === batch && !stopping.signal.aborted) deleted = await deleteBatch(clock.now())
  }
  function sweepNow(): void {
    stopTimer = clock.after(dayMs, sweepNow)
    sweeping = sweep().catch((error: unknown) => {
      log.error({ err: error }, 'callers whose time is over could not be deleted')
    })
  }

  return {
    start: sweepNow,
    stop: async () => {
      stopping.abort()
      stopTimer()
      await sweeping
    },
    idle: () => sweeping,
  }
}

async function overdueCallers(tx: Db, before: Instant): Promise<CallerId[]> {
  const { rows } = await sql<{ id: CallerId }>`
    select c.id from callers c
    where coalesce(c.answered_at, c.gone_at) <= ${before}
      and not exists (
        select from attempts a
        where (a.caller = c.id or a.id = c.call_back_attempt) and a.state in ('offered', 'started', 'handed-on'))
    limit ${batch} for update of c skip locked`.execute(tx)
  return rows.map(({ id }) => id)
}
