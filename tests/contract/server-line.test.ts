import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createServerLine } from '../../main/cti/drivers/server-line/server-line.ts'
import type { CtiDriver } from '../../main/cti/driver.ts'
import { createCrmClient } from '../../main/crm/client.ts'
import { createStream } from '../../main/crm/stream.ts'
import { makeId } from '../../main/system/ids.ts'
import { makeUuid } from '../../server/entry/system.ts'
import type { CtiCommand } from '../../shared/domain/call/legs.ts'
import { seededRandom } from '../../shared/std/clock.ts'
import type { AttemptId, LegId } from '../../shared/std/ids.ts'
import { silentLog } from '../../shared/std/log.ts'
import type { PhoneFloor } from '../support/phone-floor.ts'
import { phoneFloor } from '../support/phone-floor.ts'
import { ctiDriverContract } from './cti-driver.contract.ts'

let floor: PhoneFloor
beforeAll(async () => {
  floor = await phoneFloor()
})
afterAll(() => floor.close())

const numbers = {
  answers: '+393310000008',
  busy: '+393310000001',
  rings: '+393310000002',
  unknown: '+393310000006',
}

/** An operator of the real server whose phone is up, and the driver over its routes and its stream. */
async function operatorsLine() {
  const campaign = await floor.realCampaign(['08'])
  const anna = await floor.phoned(campaign)
  await anna.work()
  anna.disconnect()
  const baseUrl = await floor.listen()
  const { clock } = floor
  const token = () => anna.token
  const stream = createStream({ baseUrl, token, clock, random: seededRandom(1), log: silentLog })
  const { calls } = createCrmClient({ baseUrl, token, clock, makeId })
  const phone = { muted: false, ring: null as string | null }
  const driver = createServerLine({
    lines: calls.lines,
    stream,
    phone: () => ({
      mute: async (on) => void (phone.muted = on),
      ring: async (on, kind = 'call') => void (phone.ring = on ? kind : null),
    }),
    phoneKind: () => 'web',
    clock,
    makeId,
    log: silentLog,
  })
  const pass = async () => {
    await floor.pass(50)
    await new Promise((resolve) => setTimeout(resolve, 1))
  }

  /** What `work.start` does, for an attempt of any name to any number. */
  async function allow(id: string, to: string): Promise<void> {
    const record = await floor.db
      .selectFrom('campaign_records')
      .select(['id', 'contact_id'])
      .where('campaign_id', '=', campaign)
      .executeTakeFirstOrThrow()
    // One operator has one open attempt.
    await floor.db
      .updateTable('attempts')
      .set({ state: 'failed' })
      .where('operator', '=', anna.user.id)
      .where('id', '<>', id as AttemptId)
      .execute()
    await floor.db
      .insertInto('attempts')
      .values({
        id: id as AttemptId,
        record_id: record.id,
        contact_id: record.contact_id,
        campaign_id: campaign,
        campaign_version: 1,
        operator: anna.user.id,
        state: 'started',
        offered_at: clock.now(),
        phone: to,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute()
  }
  const names = new Map<string, LegId>()
  const leg = (name: string) => {
    const id = names.get(name) ?? (makeUuid() as LegId)
    names.set(name, id)
    return id
  }
  return { anna, driver, stream, phone, pass, allow, leg }
}

ctiDriverContract('server-line, over the real server with a switch in memory', async () => {
  const { driver, stream, pass, allow, leg } = await operatorsLine()
  const whole: CtiDriver = {
    ...driver,
    connect: async (signal) => {
      const connected = driver.connect(signal)
      stream.open()
      await connected
    },
    execute: async (command: CtiCommand) => {
      if (command.do === 'dial') await allow(command.leg, command.to)
      await driver.execute(command)
    },
    dispose: async () => {
      await driver.dispose()
      stream.close()
      floor.pbx.heal()
      await pass()
    },
  }
  return {
    driver: whole,
    leg,
    pass,
    numbers,
    cut: () => floor.pbx.cut(),
    heal: () => floor.pbx.heal(),
  }
})

describe('the line of the server', () => {
  test('is down while the server is away, refuses at once, and has what is up when it is back', async () => {
    const line = await operatorsLine()
    const told: string[] = []
    line.driver.events(({ type }) => told.push(type))
    const connected = line.driver.connect(new AbortController().signal)
    line.stream.open()
    await connected
    await line.allow(line.leg('1'), numbers.answers)
    await line.driver.execute({ do: 'dial', leg: line.leg('1'), to: numbers.answers })
    while (told.at(-1) !== 'leg-answered') await line.pass()
    line.stream.close()
    expect(told.at(-1)).toBe('link-down')
    const hold = line.driver.execute({ do: 'hold', leg: line.leg('1') })
    await expect(hold).rejects.toMatchObject({ code: 'server-unreachable' })
    line.stream.open()
    while (told.at(-1) !== 'link-up') await line.pass()
    expect(await line.driver.snapshot()).toMatchObject([
      { leg: line.leg('1'), direction: 'out', peer: numbers.answers, state: 'answered', consult: null },
    ])
    line.stream.close()
    await line.driver.dispose()
  })

  test('mutes the microphone of the page, and opens it for the next call', async () => {
    const line = await operatorsLine()
    const told: string[] = []
    line.driver.events(({ type }) => told.push(type))
    const connected = line.driver.connect(new AbortController().signal)
    line.stream.open()
    await connected
    await line.allow(line.leg('1'), numbers.answers)
    await line.driver.execute({ do: 'dial', leg: line.leg('1'), to: numbers.answers })
    while (told.at(-1) !== 'leg-answered') await line.pass()
    await line.driver.execute({ do: 'mute', leg: line.leg('1') })
    expect([line.phone.muted, told.at(-1)]).toEqual([true, 'leg-muted'])
    expect(await line.driver.snapshot()).toMatchObject([{ muted: true }])
    await line.driver.execute({ do: 'hang-up', leg: line.leg('1') })
    await line.allow(line.leg('2'), numbers.answers)
    await line.driver.execute({ do: 'dial', leg: line.leg('2'), to: numbers.answers })
    expect(line.phone.muted).toBe(false)
    line.stream.close()
    await line.driver.dispose()
  })
})
