import { setTimeout as wait } from 'node:timers/promises'
import { startCarrier, voices } from '../../../scripts/lib/pbx/callers.mjs'
import { startPbx } from '../../../scripts/lib/pbx/start.mjs'
import { ariTelephony } from '../../../server/telephony/ari/ari.ts'
import type { Telephony } from '../../../server/telephony/port.ts'
import { silentLog } from '../../../shared/std/log.ts'
import { callFloor } from '../../support/call-floor.ts'
import { floorPhones } from '../../support/floor-phones.ts'
import { floorSupervisors } from '../../support/floor-supervisors.ts'
import { lineSettings } from '../../support/phone-floor.ts'
import { makeDeskPhones } from './desk-phones.ts'
import { officeHours } from './office-hours.ts'

export { voices }
export type RealFloor = Awaited<ReturnType<typeof realFloor>>

/** The call floor on a real Asterisk; SIPp is the carrier, and lifts the operators' desk phones. */
export async function realFloor(desks: readonly string[], behaviours: Readonly<Record<string, string>> = {}) {
  const pbx = await startPbx()
  const carrier = await startCarrier(pbx, { ringMs: 200, talkMs: 1_500 })
  const { ari } = pbx
  const setUpDesks = () => makeDeskPhones(pbx, desks, behaviours)
  await setUpDesks()

  const made: { telephony?: Telephony } = {}
  const floor = await callFloor({
    clock: { ...officeHours(), advance: () => {} },
    pbx: (clock) => {
      const telephony = ariTelephony(
        { ...ari, trunk: 'carrier' },
        { clock, random: Math.random, log: silentLog },
      )
      made.telephony = telephony
      return { telephony, settings: { ...lineSettings, ringSeconds: 18 } }
    },
  })
  // Each server has a link of its own.
  const telephony = () => made.telephony as Telephony

  /** Waits until it is so; the limit only ends what hangs. */
  async function until(what: () => unknown): Promise<void> {
    for (let tries = 0; !(await what()); tries++) {
      if (tries > 1_500) throw new Error(`never so: ${what.toString()}\n${floor.log.slice(-8).join('')}`)
      await wait(20)
      await floor.settled()
    }
  }
  await until(() => telephony().link() === 'up')
  const administrator = await floor.createUser('administrator')
  const line = { telephony, kind: 'desk', opened: async () => {}, lifted: until } as const
  const phones = floorPhones(floor, line)
  const makeListener = floorSupervisors(floor, line)
  let next = 0
  /** An operator with a desk phone of their own. */
  async function phoned(...campaigns: Parameters<typeof phones.phoned>) {
    const desk = await phones.phoned(...campaigns)
    return withDesk(desk)
  }
  async function withDesk<T extends { user: { id: string } }>(who: T): Promise<T> {
    const setup = { dialPrefix: '', deskPhone: desks[next++ % desks.length] }
    await floor.request('phone.setUp', { params: { id: who.user.id }, body: setup }, administrator.token)
    return who
  }

  return {
    ...floor,
    ...phones,
    phoned,
    listener: async () => withDesk(await makeListener()),
    pbx,
    carrier,
    telephony,
    setUpDesks,
    until,
    attempt: (id: string) =>
      floor.db
        .selectFrom('attempts')
        .selectAll()
        .where('id', '=', id as never)
        .executeTakeFirstOrThrow(),
    channels: async () => (await telephony().snapshot()).channels.map(({ id }) => id),
    bridgeOf: async (channel: string) =>
      (await telephony().snapshot()).channels.find(({ id }) => id === channel)?.bridge ?? null,
    close: async () => {
      await floor.close()
      await carrier.stop()
      await pbx.stop()
    },
  }
}
