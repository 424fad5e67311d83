import type { ColumnType, Generated, GeneratedAlways, RawBuilder } from 'kysely'
import type { CallingHours } from '../../../shared/domain/campaign/calling-hours.ts'
import type { CallRefusal } from '../../../shared/domain/campaign/law.ts'
import type { CampaignState } from '../../../shared/domain/campaign/campaign.ts'
import type { CampaignOutcome, OutcomeEffect } from '../../../shared/domain/campaign/outcomes.ts'
import type {
  CampaignRecord,
  ClosedAs,
  RecordState,
  WaitingKind,
} from '../../../shared/domain/campaign/record.ts'
import type { BreakReason, Operator, OperatorState } from '../../../shared/domain/operator/operator.ts'
import type { LegEnd } from '../../../shared/domain/call/legs.ts'
import type { CampaignDraft } from '../../../shared/crm-api/campaigns.ts'
import type { FileFormat, Mapping } from '../../../shared/crm-api/imports.ts'
import type { Instant } from '../../../shared/std/clock.ts'
import type {
  AttemptId,
  CallerId,
  CampaignId,
  ContactId,
  ImportId,
  RecordId,
  UserId,
} from '../../../shared/std/ids.ts'

/** Read as a value, written through `jsonb()` of connect.ts: the driver would send an array as a PostgreSQL array. */
type Json<T> = ColumnType<T, RawBuilder<T>, RawBuilder<T>>
type JsonOrNull<T> = ColumnType<T | null, RawBuilder<T> | null | undefined, RawBuilder<T> | null>
type WithDefault<T> = ColumnType<T, RawBuilder<T> | undefined, RawBuilder<T>>
type Optional<T> = ColumnType<T | null, T | null | undefined, T | null>

export interface OutcomeTable {
  code: string
  label: Json<{ it: string; en: string }>
  effect: OutcomeEffect
  retry_after_minutes: number | null
  needs_complete_answers: boolean
  position: number
}

export interface CampaignTable {
  id: CampaignId
  code: string
  description: string
  state: CampaignState
  version: number
  starts_on: string
  ends_on: string
  hours: Json<CallingHours>
  work_mode: CampaignDraft['workMode']
  line: CampaignDraft['line']
  priority: number
  max_attempts: number
  wrap_up_seconds: number
  callback_grace_minutes: number
  outcomes: Json<CampaignOutcome[]>
  script: string
  caller_id: ColumnType<string, string | undefined, string>
  lcr_prefix: ColumnType<string, string | undefined, string>
  inbound: WithDefault<CampaignDraft['inbound']>
  recording: ColumnType<
    CampaignDraft['recording'],
    CampaignDraft['recording'] | undefined,
    CampaignDraft['recording']
  >
  supervision: WithDefault<CampaignDraft['supervision']>
  created_at: Instant
  updated_at: Instant
}

export interface CampaignOperatorTable {
  campaign_id: CampaignId
  user_id: UserId
}

export interface ContactTable {
  id: ContactId
  first_name: string
  last_name: string
  company: string
  email: string
  street: string
  postcode: string
  city: string
  province: string
  birth_date: string | null
  marketing_consent: boolean | null
  external_id: string
  note: string
  custom: Json<Record<string, string>>
  import_id: ImportId | null
  created_at: Instant
}

export interface ContactPhoneTable {
  contact_id: ContactId
  position: number
  e164: string
  kind: 'mobile' | 'landline' | 'toll-free' | 'premium' | 'other'
  raw: string
  wrong_by_attempt: AttemptId | null
}

export interface DoNotCallTable {
  e164: string
  /** Id of the attempt in which the person objected. */
  source: string
  added_at: Instant
}

export interface CampaignRecordTable {
  id: RecordId
  campaign_id: CampaignId
  contact_id: ContactId
  state: RecordState
  kind: WaitingKind
  due_at: Instant | null
  callback_operator: UserId | null
  operator: UserId | null
  attempt: AttemptId | null
  attempts: number
  closed_as: ClosedAs | null
  import_id: ImportId | null
  created_at: Instant
}

export type AttemptState =
  | 'offered'
  | 'withdrawn'
  | 'skipped'
  | 'blocked'
  | 'started'
  /** Handed to a colleague, whose attempt now decides about the record; this one still wants its outcome. */
  | 'handed-on'
  /** Dialled by the server, and nobody answered: the record was moved by the technical retry rules. */
  | 'failed'
  | 'wrapped-up'

/** `campaign`: in the campaign's own order. `inbound`: they called us. `manual`: dialled by hand. */
export type AttemptKind = 'campaign' | 'inbound' | 'manual'

export interface AttemptTable {
  id: AttemptId
  /** The order in which they were offered, whatever the clock said. */
  seq: GeneratedAlways<number>
  record_id: RecordId
  campaign_id: CampaignId
  contact_id: ContactId
  operator: UserId
  state: AttemptState
  offered_at: Instant
  /** Of the campaign that was offered: a script changed meanwhile does not refuse answers given to the old one. */
  campaign_version: number
  phone: Optional<string>
  started_at: Optional<Instant>
  answered_at: Optional<Instant>
  ended_at: Optional<Instant>
  end_cause: Optional<LegEnd>
  switch_cause: Optional<string>
  outcome: JsonOrNull<CampaignOutcome>
  outcome_code: GeneratedAlways<string | null>
  answers: JsonOrNull<Record<string, unknown>>
  note: ColumnType<string, string | undefined, string>
  callback_at: Optional<Instant>
  saved_at: Optional<Instant>
  wrapped_up_at: Optional<Instant>
  /** As it was before the wrap-up, so that taking it back is exact. */
  record_before: JsonOrNull<CampaignRecord>
  block_reason: Optional<CallRefusal>
  block_until: Optional<Instant>
  server_dialed: Generated<boolean>
  reached_at: Optional<Instant>
  kind: Generated<AttemptKind>
  /** Who called, of an inbound one. */
  caller: Optional<CallerId>
  /** As it was when it was taken beside the campaign's order; null where it was made for this call. */
  record_found: JsonOrNull<CampaignRecord>
}

export interface OperatorTable {
  user_id: UserId
  state: OperatorState
  since: Instant
  break_reason: BreakReason | null
  wanted: BreakReason | null
  attempt: AttemptId | null
  resume: Operator['resume']
}

export interface DeliveryTable {
  key: string
  operator: UserId
  attempt_id: AttemptId
  what: string
  at: Instant
}

export type ImportState = 'uploaded' | 'waiting' | 'running' | 'done' | 'failed' | 'undone'

export interface ImportTable {
  id: ImportId
  file_name: string
  bytes: number
  format: Json<FileFormat>
  mapping: Json<Mapping>
  headers: Json<string[]>
  row_count: number
  read: Generated<number>
  loaded: Generated<number>
  duplicates: Generated<number>
  rejected: Generated<number>
  state: ImportState
  started_by: UserId
  campaign_id: CampaignId | null
  created_at: Instant
  finished_at: Instant | null
  failure: string | null
}

export interface RowProblem {
  column: number | null
  code: string
  value: string
}

export interface ImportRowTable {
  import_id: ImportId
  line: number
  verdict: 'load' | 'duplicate' | 'reject'
  contact_id: ContactId | null
  cells: JsonOrNull<string[]>
  problems: JsonOrNull<RowProblem[]>
}

export interface WorkTables {
  outcomes: OutcomeTable
  campaigns: CampaignTable
  campaign_operators: CampaignOperatorTable
  contacts: ContactTable
  contact_phones: ContactPhoneTable
  do_not_call: DoNotCallTable
  campaign_records: CampaignRecordTable
  attempts: AttemptTable
  operators: OperatorTable
  deliveries: DeliveryTable
  imports: ImportTable
  import_rows: ImportRowTable
}
