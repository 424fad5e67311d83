import type { CampaignWish } from '../../support/call-floor.ts'
import type { PhoneFloor } from '../../support/phone-floor.ts'

/** What an operator is sent who is coached while alone: a whisper needs something to ride on. */
export const silence = 'tone:0/1000'

/** Calls that a supervisor can be with, and who hears whom on the switch. */
export function heardCalls(floor: () => PhoneFloor) {
  const channels = async () => (await floor().telephony.snapshot()).channels.map(({ id }) => id)
  return {
    channels,
    hears: (channel: string) => [...floor().pbx.hears(channel)].toSorted(),
    /** Channels that hear for this supervisor. */
    snoops: async (user: string) => (await channels()).filter((id) => id.startsWith(`snoop-${user}`)),
    /** Whatever is on the switch because of this person. */
    of: async (user: string) => (await channels()).filter((id) => id.includes(user)),
    /** Anna talks to a customer. */
    talking: async (wish: CampaignWish = {}, customers = 1) => {
      const endings = Array.from({ length: customers }, () => '08')
      const campaign = await floor().realCampaign(endings, wish)
      const anna = await floor().phoned(campaign)
      await anna.work()
      const leg = await anna.dial()
      await floor().pass(1_300)
      return { campaign, anna, leg, annas: await anna.channel() }
    },
  }
}
