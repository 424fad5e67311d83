import type { ColumnType, RawBuilder } from 'kysely'
import type { Consult, RecordingState } from '../../../shared/domain/call/legs.ts'
import type { PhoneKind } from '../../../shared/crm-api/phone.ts'
import type { Instant } from '../../../shared/std/clock.ts'
import type { AttemptId, CallId, LegId, UserId } from '../../../shared/std/ids.ts'

/** How a person telephones; who has no row has no prefix and no desk phone. */
export interface PhoneSetupTable {
  user_id: UserId
  dial_prefix: string
  desk_phone: string
}

/** The phone of an operator's session, so that a server that starts again knows whom it can call. */
export interface OperatorPhoneTable {
  user_id: UserId
  session_id: string
  kind: PhoneKind
  /** The switch's name for it. */
  endpoint: string
  answer_token: string
  /** So that a switch that forgot the account is given it again; ends with the account. '' for a desk phone. */
  password: string
  expires_at: Instant
}

/** A customer's leg that is up, as it was last told: what a server that starts again compares with the switch. */
export interface LiveLegTable {
  leg: LegId
  call_id: CallId
  user_id: UserId
  attempt_id: AttemptId | null
  /** The customer's channel on the switch. */
  channel: string
  direction: 'in' | 'out'
  peer: string
  state: 'dialing' | 'ringing' | 'answered'
  held: boolean
  consult: ColumnType<Consult | null, RawBuilder<Consult> | null, RawBuilder<Consult> | null>
  recording: RecordingState
  /** Of a progressive call: the operator is told once somebody answers. */
  server_dialed: boolean
  started_at: Instant
  answered_at: Instant | null
}

export interface LineTables {
  phone_setup: PhoneSetupTable
  operator_phone: OperatorPhoneTable
  live_leg: LiveLegTable
}
