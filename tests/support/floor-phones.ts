import type { LegNews, LineState } from '../../shared/crm-api/lines.ts'
import type { PhoneAccount, PhoneKind } from '../../shared/crm-api/phone.ts'
import type { CampaignId, ContactId, LegId } from '../../shared/std/ids.ts'
import { operatorChannel } from '../../server/calls/names.ts'
import type { Telephony } from '../../server/telephony/port.ts'
import type { CallFloor, CampaignWish } from './call-floor.ts'

/** The switch under a floor, as its operators' phones need it. */
export interface FloorLine {
  telephony: () => Telephony
  kind: PhoneKind
  /** An account was opened: whoever plays the phone takes it. */
  opened(account: PhoneAccount): Promise<void>
  /** Lets the phone be called and lifted. */
  lifted(isUp: () => unknown): Promise<void>
}

export type Phoned = Awaited<ReturnType<ReturnType<typeof floorPhones>['phoned']>>

/** Operators with phones, and campaigns whose customers behave as their numbers say. */
export function floorPhones(floor: CallFloor, line: FloorLine) {
  async function phoned(...campaigns: CampaignId[]) {
    const desk = await floor.operator(...campaigns)
    let calls = 0
    const must = async <T>(name: string, input: object): Promise<T> => {
      const reply = await desk.call<T>(name, { key: `key-${desk.user.id}-${++calls}`, ...input })
      if (reply.status !== 200) throw new Error(`${name}: ${JSON.stringify(reply.body)}`)
      return reply.body
    }
    const openPhone = async (kind: PhoneKind = line.kind) => {
      const account = await must<PhoneAccount>('phone.account', { body: { kind } })
      await line.opened(account)
      return account
    }
    /** The number of the leg of its phone that counts. */
    const channel = async () => {
      const { channels } = await line.telephony().snapshot()
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
        await line.lifted(() => desk.view().phone.state === 'up')
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

  return { phoned, realCampaign }
}
