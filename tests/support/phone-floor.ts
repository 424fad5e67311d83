import { silentLog } from '../../shared/std/log.ts'
import type { LineSettings } from '../../server/calls/ports.ts'
import { fakeTelephony } from '../../server/telephony/fake/fake.ts'
import type { FakeSwitch } from '../../server/telephony/fake/fake.ts'
import type { Telephony } from '../../server/telephony/port.ts'
import { callFloor } from './call-floor.ts'
import { floorPhones } from './floor-phones.ts'

export const lineSettings: LineSettings = {
  wsUrl: 'ws://127.0.0.1:8088/ws',
  domain: 'cuffia.test',
  iceServers: [],
  echoNumber: '600',
  callerId: '+390815520000',
  outsidePrefix: '',
  ringSeconds: 25,
}

export type PhoneFloor = Awaited<ReturnType<typeof phoneFloor>>

/** The call floor with a switch in memory; its operators have phones. */
export async function phoneFloor(settings: Partial<LineSettings> = {}) {
  const made: { pbx?: FakeSwitch; telephony?: Telephony } = {}
  const floor = await callFloor({
    pbx: (clock) => {
      const fake = fakeTelephony({ clock, log: silentLog, deskPhones: { 'desk-1': 2_000 } })
      made.pbx = fake.pbx
      made.telephony = fake.telephony
      return { telephony: fake.telephony, settings: { ...lineSettings, ...settings } }
    },
  })
  const pbx = made.pbx as FakeSwitch
  const telephony = made.telephony as Telephony

  /** Lets the switch and the server do what follows by itself. */
  const pass = async (ms: number) => {
    // In steps: what the server does about one thing comes before the next thing happens.
    for (let left = ms; left > 0; left -= 50) await floor.pass(Math.min(left, 50))
    await floor.settled()
  }
  await pass(50)

  const phones = floorPhones(floor, {
    telephony,
    kind: 'web',
    opened: async (account) => {
      if (account.kind === 'web') pbx.phone.registers(account.username, account.password)
      await pass(50)
    },
    lifted: () => pass(200),
  })

  const restartServer = async (meanwhile: () => void = () => {}) => {
    await floor.restart(meanwhile)
    await pass(50)
  }

  return { ...floor, ...phones, restartServer, pbx, telephony, pass }
}
