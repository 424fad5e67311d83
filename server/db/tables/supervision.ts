import type { ColumnType, RawBuilder } from 'kysely'
import type { SupervisionMode } from '../../../shared/domain/supervision/supervision.ts'
import type { Instant } from '../../../shared/std/clock.ts'
import type { AttemptId, LegId, UserId } from '../../../shared/std/ids.ts'

type Json<T> = ColumnType<T | null, RawBuilder<T> | null, RawBuilder<T> | null>

/** A supervisor with an operator's calls, so that no listening outlives a server unheard of. */
export interface LiveListeningTable {
  supervisor_id: UserId
  /** It has the phone. */
  session_id: string
  address: string
  operator_id: UserId
  mode: SupervisionMode
  /** The call that the mode was said of. */
  call_leg: LegId | null
  /** The call that is heard, as its line in the audit says. */
  heard: Json<{
    call: LegId
    attempt: AttemptId | null
    from: Instant
    campaign: string
    contact: string
    isOperatorTold: boolean
  }>
  /** The channel that hears, and the operator's that it is on. */
  snoop: Json<{ id: string; of: string; whisper: 'out' | 'none' }>
  since: Instant
}

export interface SupervisionTables {
  live_listening: LiveListeningTable
}
