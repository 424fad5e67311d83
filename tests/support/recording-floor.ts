import { readdirSync } from 'node:fs'
import type { Recording, RecordingDetails } from '../../shared/crm-api/recordings.ts'
import type { CampaignId } from '../../shared/std/ids.ts'
import type { CampaignWish } from './call-floor.ts'
import type { Phoned } from './floor-phones.ts'
import { phoneFloor } from './phone-floor.ts'

export const noticeMs = 3_000
export type RecordingFloor = Awaited<ReturnType<typeof recordingFloor>>

/** The floor with a switch in memory that has the notice; calls are recorded, and looked up. */
export async function recordingFloor(settings: Parameters<typeof phoneFloor>[0] = {}) {
  const floor = await phoneFloor(settings)

  /** What the server knows of an attempt's recordings, oldest first. */
  async function of(attempt: string, token = floor.supervisor.token): Promise<RecordingDetails[]> {
    const query = { attempt }
    const { body } = await floor.request<{ items: Recording[] }>('recordings.list', { query }, token)
    return Promise.all(
      body.items.toReversed().map(async ({ id }) => {
        const reply = await floor.request<RecordingDetails>('recordings.get', { params: { id } }, token)
        return reply.body
      }),
    )
  }

  return {
    ...floor,
    of,
    theOneOf: async (attempt: string): Promise<RecordingDetails> => {
      const [recording, ...more] = await of(attempt)
      if (recording === undefined || more.length > 0) throw new Error('there is not one recording')
      return recording
    },
    /** One customer who answers, and is recorded if not told otherwise. */
    recorded: (wish: CampaignWish = {}) => floor.realCampaign(['08'], { recording: 'always', ...wish }),
    /** An operator whose customer has just answered. */
    inCall: async (campaign: CampaignId) => {
      const anna = await floor.phoned(campaign)
      await anna.work()
      const leg = await anna.dial()
      await floor.pass(1_200)
      return { anna, leg }
    },
    hangUp: async (anna: Phoned, leg: string) => {
      await anna.ask(leg, { do: 'hang-up' })
      await floor.pass(50)
    },
    /** Names in the folder of recordings. */
    files: () => readdirSync(floor.recordingsDir).toSorted(),
  }
}

/** What the operator was told of the recording. */
export const told = (anna: Phoned, leg: string) =>
  anna.news().flatMap((news) => (news.type === 'leg-recording' && news.leg === leg ? [news.recording] : []))
export const stateNow = async (anna: Phoned) => (await anna.legs()).legs[0]?.recording
export const whys = ({ pauses }: RecordingDetails) => pauses.map(({ why }) => why)
export const seconds = ({ durationMs }: Recording) => Math.round((durationMs ?? -1) / 100) / 10
