import { silentLog } from '../../shared/std/log.ts'
import type { LineSettings } from '../../server/calls/ports.ts'
import { fakeTelephony } from '../../server/telephony/fake/fake.ts'
import { callFloor } from './call-floor.ts'
import { floorPhones } from './floor-phones.ts'
import type { FloorLine } from './floor-phones.ts'
import { floorSupervisors } from './floor-supervisors.ts'

export const lineSettings: LineSettings = {
  wsUrl: 'ws://127.0.0.1:8088/ws',
  domain: 'cuffia.test',
  iceServers: [],
  echoNumber: '600',
  callerId: '+390815520000',
  outsidePrefix: '',
  ringSeconds: 25,
  pickUpSeconds: 15,
  longestWaitSeconds: 600,
  recordingNotice: 'recording-notice-it',
}

export type PhoneFloor = Awaited<ReturnType<typeof phoneFloor>>

/** The call floor with a switch in memory; its operators have phones. */
export async function phoneFloor(settings: Partial<LineSettings> = {}) {
  const made: { fake?: ReturnType<typeof fakeTelephony> } = {}
  const floor = await callFloor({
    pbx: (clock) => {
      // The same switch for the server that starts again.
      made.fake ??= fakeTelephony({
        clock,
        log: silentLog,
        sounds: { 'sound:beep': 400, 'sound:recording-notice-it': 3_000 },
        deskPhones: { 'desk-1': 2_000 },
      })
      return { telephony: made.fake.telephony, settings: { ...lineSettings, ...settings } }
    },
  })
  const { pbx, telephony } = made.fake as NonNullable<typeof made.fake>

  /** Lets the switch and the server do what follows by itself. */
  const pass = async (ms: number) => {
    // In steps: what the server does about one thing comes before the next thing happens.
    for (let left = ms; left > 0; left -= 50) await floor.pass(Math.min(left, 50))
    await floor.settled()
  }
  await pass(50)

  const line: FloorLine = {
    telephony: () => telephony,
    kind: 'web',
    opened: async (account) => {
      if (account.kind === 'web') pbx.phone.registers(account.username, account.password)
      await pass(50)
    },
    lifted: () => pass(200),
  }
  const phones = floorPhones(floor, line)
  const listener = floorSupervisors(floor, line)

  const restartServer = async (meanwhile: () => void = () => {}) => {
    await floor.restart(meanwhile)
    await pass(50)
  }

  return { ...floor, ...phones, listener, restartServer, pbx, telephony, pass }
}
