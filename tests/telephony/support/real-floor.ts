import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { startCarrier, voices } from '../../../scripts/lib/pbx/callers.mjs'
import { startPbx } from '../../../scripts/lib/pbx/start.mjs'
import { systemClock } from '../../../server/entry/system.ts'
import { ariTelephony } from '../../../server/telephony/ari/ari.ts'
import type { Telephony } from '../../../server/telephony/port.ts'
import { silentLog } from '../../../shared/std/log.ts'
import { callFloor } from '../../support/call-floor.ts'
import type { TestClock } from '../../support/clock.ts'
import { floorPhones } from '../../support/floor-phones.ts'
import { lineSettings } from '../../support/phone-floor.ts'

export { voices }
export type RealFloor = Awaited<ReturnType<typeof realFloor>>

/** A weekday in calling hours, whatever the day on which the tests run; it goes on as time does. */
function officeHours(): TestClock {
  const shift = Date.UTC(2026, 10, 24, 9, 0) - systemClock.now()
  return { now: () => systemClock.now() + shift, after: systemClock.after, advance: () => {} }
}

/**
 * The call floor on a real Asterisk; SIPp is the carrier. The operators' desk phones are customers of the same carrier,
 * of those that answer and stay until we hang up.
 */
export async function realFloor(desks: readonly string[]) {
  const pbx = await startPbx()
  const carrier = await startCarrier(pbx, { ringMs: 200, talkMs: 1_500 })
  const { ari } = pbx
  const authorization = `Basic ${Buffer.from(`${ari.user}:${ari.password}`).toString('base64')}`
  const asterisk = (method: string, path: string, body?: object) =>
    fetch(`${ari.url}${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
  const object = async (kind: string, id: string, fields: Record<string, string>) => {
    const reply = await asterisk('PUT', `/asterisk/config/dynamic/res_pjsip/${kind}/${id}`, {
      fields: Object.entries(fields).map(([attribute, value]) => ({ attribute, value })),
    })
    if (!reply.ok) throw new Error(`${kind} ${id}: ${reply.status} ${await reply.text()}`)
  }
  /** An Asterisk that restarts forgets them, as it would not forget phones of its own configuration. */
  const setUpDesks = async () => {
    for (const [index, desk] of desks.entries()) {
      const contact = `sip:08100${index}55@127.0.0.1:${pbx.carrier.port}`
      await object('aor', desk, { contact, qualify_frequency: '0' })
      await object('endpoint', desk, { aors: desk, disallow: 'all', allow: 'ulaw', direct_media: 'no' })
    }
  }
  await setUpDesks()

  const made: { telephony?: Telephony } = {}
  const floor = await callFloor({
    clock: officeHours(),
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
  const phones = floorPhones(floor, {
    telephony,
    kind: 'desk',
    opened: async () => {},
    lifted: until,
  })
  let next = 0
  /** An operator with a desk phone of their own. */
  async function phoned(...campaigns: Parameters<typeof phones.phoned>) {
    const desk = await phones.phoned(...campaigns)
    const setup = { dialPrefix: '', deskPhone: desks[next++ % desks.length] }
    await floor.request('phone.setUp', { params: { id: desk.user.id }, body: setup }, administrator.token)
    return desk
  }

  return {
    ...floor,
    ...phones,
    phoned,
    pbx,
    carrier,
    telephony,
    asterisk,
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
    asteriskLog: () => readFileSync(`${pbx.folder}/log/output.log`, 'utf8'),
    close: async () => {
      await floor.close()
      await carrier.stop()
      await pbx.stop()
    },
  }
}
