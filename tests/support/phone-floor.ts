import type { LegNews, LineState } from '../../shared/crm-api/lines.ts'
import type { PhoneAccount, PhoneKind } from '../../shared/crm-api/phone.ts'
import type { CampaignId, ContactId, LegId } from '../../shared/std/ids.ts'
import { silentLog } from '../../shared/std/log.ts'
import type { LineSettings } from '../../server/calls/ports.ts'
import { operatorChannel } from '../../server/calls/names.ts'
import { fakeTelephony } from '../../server/telephony/fake/fake.ts'
import type { FakeSwitch } from '../../server/telephony/fake/fake.ts'
import type { Telephony } from '../../server/telephony/port.ts'
import { callFloor } from './call-floor.ts'
import type { CampaignWish } from './call-floor.ts'

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
export type Phoned = Awaited<ReturnType<PhoneFloor['phoned']>>

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

  async function phoned(...campaigns: CampaignId[]) {
    const desk = await floor.operator(...campaigns)
    let calls = 0
    const must = async <T>(name: string, input: object): Promise<T> => {
      const reply = await desk.call<T>(name, { key: `key-${desk.user.id}-${++calls}`, ...input })
      if (reply.status !== 200) throw new Error(`${name}: ${JSON.stringify(reply.body)}`)
      return reply.body
    }
    const openPhone = async (kind: PhoneKind = 'web') => {
      const account = await must<PhoneAccount>('phone.account', { body: { kind } })
      if (account.kind === 'web') pbx.phone.registers(account.username, account.password)
      await pass(50)
      return account
    }
    /** The number of the leg of its phone that counts. */
    const channel = async () => {
      const { channels } = await telephony.snapshot()
      const own = channels.filter(({ id }) => id.startsWith(operatorChannel(desk.user.id, 0).slice(0, -1)))
      return own.at(-1)?.id ?? ''
    }
    return {
      ...desk,
      must,
      reconnect: async () => {
        desk.connect()
        await floor.settled()
      },
      openPhone,
      channel,
      news: (): LegNews[] => desk.told.flatMap((message) => (message.type === 'leg' ? [message.event] : [])),
      newsTypes: (leg: string) =>
        desk.told.flatMap((message) =>
          message.type === 'leg' && 'leg' in message.event && message.event.leg === leg
            ? [message.event.type]
            : [],
        ),
      /** Phone registered, ready, leg nailed up. */
      work: async () => {
        await openPhone()
        await desk.ready()
        await pass(200)
      },
      legs: () => must<LineState>('lines.snapshot', {}),
      ask: (leg: string, body: object) => must('lines.command', { params: { leg }, body }),
      tryAsk: (leg: string, body: object) =>
        desk.call('lines.command', {
          params: { leg },
          body,
          key: `key-${desk.user.id}-${++calls}`,
        }),
      /** Asks whether the offered record may be called, and dials it. */
      dial: async () => {
        const { dial } = await desk.start()
        const leg = desk.offer().attempt as string as LegId
        await must('lines.command', { params: { leg }, body: { do: 'dial', to: dial } })
        return leg
      },
    }
  }

  let serial = 0
  /** A campaign on real lines whose contacts have numbers that behave as their last two digits say. */
  async function realCampaign(endings: readonly string[], wish: CampaignWish = {}) {
    const ids = await floor.contacts(endings.length, 1)
    for (const [index, ending] of endings.entries()) {
      const e164 = `+39331${String(++serial).padStart(5, '0')}${ending}`
      await floor.db
        .updateTable('contact_phones')
        .set({ e164 })
        .where('contact_id', '=', ids[index] as ContactId)
        .execute()
    }
    return floor.campaign({ line: 'pbx', contactIds: ids, ...wish })
  }

  const restartServer = async (meanwhile: () => void = () => {}) => {
    await floor.restart(meanwhile)
    await pass(50)
  }

  return { ...floor, restartServer, pbx, telephony, pass, phoned, realCampaign }
}
