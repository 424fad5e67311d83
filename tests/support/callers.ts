import type { ContactId } from '../../shared/std/ids.ts'
import type { AbandonedCaller, WaitingCaller } from '../../shared/crm-api/callers.ts'
import type { CampaignWish } from './call-floor.ts'
import type { Phoned } from './floor-phones.ts'
import type { PhoneFloor } from './phone-floor.ts'

/** Campaigns that are called, callers and their contacts, on a floor with the switch in memory. */
export function callersOn(given: () => PhoneFloor) {
  let serial = 0
  /** A campaign with a called number of its own, and somebody who calls it. */
  async function called(wish: CampaignWish & { endings?: readonly string[] } = {}) {
    const { endings = [], ...more } = wish
    const number = `+39081555${String(++serial).padStart(4, '0')}`
    const floor = given()
    const campaign = await floor.realCampaign(endings, { inbound: { numbers: [number] }, ...more })
    const calls = async (from: string | null, name: string | null = null) => {
      const channel = floor.pbx.callIn({ from, to: number, name })
      await floor.pass(50)
      return channel
    }
    return { campaign, number, calls }
  }

  async function ready(...campaigns: Parameters<PhoneFloor['phoned']>): Promise<Phoned> {
    const desk = await given().phoned(...campaigns)
    await desk.work()
    return desk
  }

  /** People who have this number, in the order in which they were loaded. */
  async function people(number: string, names: readonly string[]): Promise<ContactId[]> {
    const { db, contacts } = given()
    const ids = await contacts(names.length, 1)
    for (const [index, id] of ids.entries()) {
      await db
        .updateTable('contacts')
        .set({ last_name: names[index] ?? '', created_at: index })
        .where('id', '=', id)
        .execute()
      await db.updateTable('contact_phones').set({ e164: number }).where('contact_id', '=', id).execute()
    }
    return ids
  }

  const hears = (channel: string) => [...given().pbx.hears(channel)].toSorted()
  const channels = async () => (await given().telephony.snapshot()).channels.map(({ id }) => id)
  const abandoned = async (desk: Phoned) =>
    (await desk.must<{ items: AbandonedCaller[] }>('callers.abandoned', {})).items
  const waiting = (desk: Phoned) => desk.must<WaitingCaller[]>('callers.waiting', {})
  return { called, ready, people, hears, channels, abandoned, waiting }
}
