import type { Kysely } from 'kysely'
import type { PauseMark, PauseReason } from '../../../shared/domain/call/recording.ts'
import type { Instant } from '../../../shared/std/clock.ts'
import type { AttemptId, LegId, RecordingId, UserId } from '../../../shared/std/ids.ts'
import { jsonb } from '../../db/connect.ts'
import type { Database } from '../../db/schema.ts'

interface Begun {
  id: RecordingId
  leg: LegId
  attempt: AttemptId
  operator: UserId
  at: Instant
}

const none = jsonb<PauseMark[]>([])
const begun = ({ id, leg, attempt, operator, at }: Begun) => ({
  id,
  leg,
  attempt_id: attempt,
  operator,
  started_at: at,
  marks: none,
  held_back: [],
  file_left: false,
})

/** What the calls write of their recordings. `ended` is told when a sound waits on the switch. */
export function recordingBook(db: Kysely<Database>, ended: (id: RecordingId) => void) {
  return {
    modeOf: async (attempt: AttemptId) => {
      const row = await db
        .selectFrom('attempts')
        .innerJoin('campaigns', 'campaigns.id', 'attempts.campaign_id')
        .select('campaigns.recording')
        .where('attempts.id', '=', attempt)
        .executeTakeFirst()
      return row?.recording ?? 'off'
    },
    running: async () => {
      const rows = await db.selectFrom('recordings').selectAll().where('state', '=', 'recording').execute()
      return rows.map((row) => ({
        id: row.id,
        leg: row.leg,
        startedAt: row.started_at,
        heldBack: row.held_back as PauseReason[],
        marks: row.marks,
        keepMs: row.keep_ms,
      }))
    },
    begin: async (recording: Begun): Promise<void> => {
      const row = { ...begun(recording), state: 'recording', on_switch: true } as const
      await db.insertInto('recordings').values(row).execute()
    },
    change: async (
      id: RecordingId,
      now: { heldBack: readonly PauseReason[]; marks: readonly PauseMark[] },
    ): Promise<void> => {
      await db
        .updateTable('recordings')
        .set({ held_back: [...now.heldBack], marks: jsonb([...now.marks]) })
        .where('id', '=', id)
        .where('state', '=', 'recording')
        .execute()
    },
    keepOnly: async (id: RecordingId, ms: number | null): Promise<void> => {
      await db.updateTable('recordings').set({ keep_ms: ms }).where('id', '=', id).execute()
    },
    ended: async (id: RecordingId, at: Instant): Promise<void> => {
      await db
        .updateTable('recordings')
        .set({ state: 'ended', ended_at: at })
        .where('id', '=', id)
        .where('state', '=', 'recording')
        .execute()
      ended(id)
    },
    refused: async (id: RecordingId, at: Instant): Promise<void> => {
      await db
        .updateTable('recordings')
        .set({ state: 'not-recorded', failure: 'refused', ended_at: at, on_switch: false })
        .where('id', '=', id)
        .execute()
    },
    withoutNotice: async (recording: Begun): Promise<void> => {
      const row = {
        ...begun(recording),
        state: 'not-recorded',
        failure: 'no-notice',
        on_switch: false,
      } as const
      await db.insertInto('recordings').values(row).execute()
    },
  }
}
