import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callerRetention } from '../../../server/modules/callers/retention.ts'
import { auditLog } from '../../../server/modules/audit/routes.ts'
import { silentLog } from '../../../shared/std/log.ts'
import { callersOn } from '../../support/callers.ts'
import { testClock } from '../../support/clock.ts'
import type { PhoneFloor } from '../../support/phone-floor.ts'
import { phoneFloor } from '../../support/phone-floor.ts'

const day = 24 * 60 * 60_000
const [answered, gone, waiting, atOutcome] = [
  '+390815520901',
  '+390815520902',
  '+390815520903',
  '+390815520904',
] as const

let floor: PhoneFloor
const { called, ready } = callersOn(() => floor)
beforeAll(async () => {
  floor = await phoneFloor()
})
afterAll(() => floor.close())

const numbers = async () =>
  (await floor.db.selectFrom('callers').select('number').orderBy('number').execute()).map(
    ({ number }) => number,
  )
const deletions = async () => {
  const rows = await floor.db
    .selectFrom('audit_entry')
    .select(['username', 'details'])
    .where('action', '=', 'callers.deleted')
    .orderBy('id')
    .execute()
  return rows.map(({ username, details }) => ({ username, ...details }))
}
/** The callers of that number called so many days ago. */
const backdate = (number: string, days: number) =>
  floor.db
    .updateTable('callers')
    .where('number', '=', number)
    .set((row) => ({
      came_at: row('came_at', '-', days * day),
      answered_at: row('answered_at', '-', days * day),
      gone_at: row('gone_at', '-', days * day),
    }))
    .execute()

describe('who called', () => {
  it('is forgotten after 90 days, but for who still waits and whose call is not finished', async () => {
    const { campaign, calls } = await called()
    const anna = await ready(campaign)
    await calls(answered)
    const { attempt } = anna.offer()
    await anna.ask(attempt, { do: 'answer' })
    await anna.ask(attempt, { do: 'hang-up' })
    await floor.pass(50)
    await anna.wrapUp('not-interested')
    await calls(atOutcome)
    const unfinished = anna.offer().attempt
    await anna.ask(unfinished, { do: 'answer' })
    const leaver = await calls(gone)
    floor.pbx.party.hangsUp(leaver)
    await floor.pass(50)
    await calls(waiting)
    expect(await numbers()).toEqual([answered, gone, waiting, atOutcome])

    for (const number of [answered, gone, waiting, atOutcome]) await backdate(number, 89)
    await floor.restartServer()
    expect(await numbers()).toEqual([answered, gone, waiting, atOutcome])
    expect(await deletions()).toEqual([])

    for (const number of [answered, gone, waiting, atOutcome]) await backdate(number, 1)
    await floor.restartServer()
    expect(await numbers()).toEqual([waiting, atOutcome])
    expect(await deletions()).toEqual([{ username: null, why: 'retention', days: 90, count: 2 }])
    expect(
      await floor.db
        .selectFrom('attempts')
        .select(['kind', 'phone', 'caller'])
        .where('id', '=', attempt)
        .executeTakeFirst(),
    ).toEqual({ kind: 'inbound', phone: answered, caller: null })
  })

  it('is looked for each day while the server runs', async () => {
    const clock = testClock(floor.clock.now())
    const retention = callerRetention({ db: floor.db, clock, log: silentLog, audit: auditLog, days: 7 })
    retention.start()
    await retention.idle()
    const { calls } = await called()
    await calls(gone)
    expect(await numbers()).toContain(gone)
    await backdate(gone, 6)
    clock.advance(day - 1)
    await retention.idle()
    expect(await numbers()).toContain(gone)
    clock.advance(1)
    await retention.idle()
    expect(await numbers()).not.toContain(gone)
    await retention.stop()
    expect((await deletions()).at(-1)).toMatchObject({ days: 7, count: 1 })
  })
})
