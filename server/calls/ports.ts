import type { Colleague, LegNews, LineState } from '../../shared/crm-api/lines.ts'
import type { PhoneAccount, PhoneKind } from '../../shared/crm-api/phone.ts'
import type { SupervisionView } from '../../shared/crm-api/supervision.ts'
import type { Consult, LegEnd, RecordingState } from '../../shared/domain/call/legs.ts'
import type { Clock, Instant } from '../../shared/std/clock.ts'
import type { Event } from '../../shared/std/event.ts'
import type { AttemptId, CallId, CampaignId, ContactId, LegId, MakeId, UserId } from '../../shared/std/ids.ts'
import type { Log } from '../../shared/std/log.ts'
import type { QueueBook } from './inbound-ports.ts'
import type { RecordingBook } from './recording-ports.ts'
import type { ListeningBook } from './supervision-ports.ts'

/** Of the switch and its trunk, from the server's settings. */
export interface LineSettings {
  wsUrl: string
  domain: string
  iceServers: Extract<PhoneAccount, { kind: 'web' }>['iceServers']
  echoNumber: string | null
  /** Shown where a campaign says none. */
  callerId: string
  /** Before everything that goes out, for example 0 for an outside line. */
  outsidePrefix: string
  /** After so long without an answer a call is given up; never under 18 s: a shorter ring is a nuisance call. */
  ringSeconds: number
  /** So long a call that comes in rings at one operator before it goes to the next. */
  pickUpSeconds: number
  /** So long somebody waits in a queue before they are told that nobody comes. */
  longestWaitSeconds: number
  /** The switch's name of the sound that is played before anybody is recorded. */
  recordingNotice: string
}

/** All that is known of an outbound call before it is dialled. */
export interface DialPlan {
  attempt: AttemptId
  user: UserId
  phone: string
  prefix: string
  callerId: string
  recording: 'off' | 'always' | 'on-demand'
}

/** The operators' work, which is the server's other half. */
export interface DeskPort {
  phoneUp(user: UserId): Promise<void>
  phoneLost(user: UserId): Promise<boolean>
  phoneChanged(user: UserId): void
  planOf(user: UserId, attempt: AttemptId, phone: string): Promise<DialPlan & { isOver: boolean }>
  /** What goes before an outside number in this attempt's campaign, for this operator. */
  prefixOf(user: UserId, attempt: AttemptId): Promise<string>
  progress(user: UserId, attempt: AttemptId, what: 'answered' | 'ended', at: Instant): Promise<void>
  reached(user: UserId, attempt: AttemptId, at: Instant): Promise<void>
  notReached(user: UserId, attempt: AttemptId, facts: EndFacts): Promise<void>
  /** The call of a started attempt is over: facts for the record, the outcome is still to be said. */
  ended(user: UserId, attempt: AttemptId, facts: EndFacts): Promise<void>
  handOn(from: UserId, attempt: AttemptId, to: UserId): Promise<AttemptId>
  leftBehind(): Promise<LeftBehind>
  colleagues(users: readonly UserId[]): Promise<Colleague[]>
  look(): void
}

/** What the books of a server that died say, whether or not the switch has heard of it. */
export interface LeftBehind {
  /** Attempts that it was dialling for operators, answered by nobody yet. */
  dialed: { id: AttemptId; operator: UserId }[]
  /** Calls that operators are in. */
  talks: Talk[]
}

export interface Talk {
  attempt: AttemptId
  operator: UserId
  direction: 'in' | 'out'
  /** Where they called in: their channel. */
  channel: string | null
  /** The number; '' where withheld. */
  peer: string
  answeredAt: Instant
}

export interface EndFacts {
  at: Instant
  answeredAt: Instant | null
  end: LegEnd
  switchCause: string | null
}

/** An operator's phone is for work; a supervisor's only to listen. */
export type PhoneRole = 'operator' | 'supervisor'

export interface SavedPhone {
  user: UserId
  role: PhoneRole
  session: string
  kind: PhoneKind
  endpoint: string
  answerToken: string
  password: string
  expiresAt: Instant
}

export interface SavedLeg {
  leg: LegId
  call: CallId
  user: UserId
  attempt: AttemptId | null
  channel: string
  direction: 'in' | 'out'
  peer: string
  state: 'dialing' | 'ringing' | 'answered'
  held: boolean
  consult: Consult | null
  recording: RecordingState
  serverDialed: boolean
  startedAt: Instant
  answeredAt: Instant | null
}

/** A customer handed to somebody outside: no leg of an operator any more. */
export interface SavedHanded {
  leg: LegId
  campaign: CampaignId | null
  contact: ContactId | null
  customer: string
  peer: string
  party: string
  /** The party has not answered yet. */
  waits: boolean
}

/** What a server that starts again needs to know. */
export interface LineStore {
  phones(): Promise<SavedPhone[]>
  savePhone(phone: SavedPhone): Promise<void>
  dropPhone(user: UserId): Promise<void>
  /** The phone that is noted with the user; '' where there is none. */
  deskPhone(user: UserId): Promise<string>
  legs(): Promise<SavedLeg[]>
  saveLeg(leg: SavedLeg): Promise<void>
  dropLeg(leg: LegId): Promise<void>
  handed(): Promise<SavedHanded[]>
  saveHanded(call: SavedHanded): Promise<void>
  dropHanded(leg: LegId): Promise<void>
}

export interface OperatorStream {
  presence: Event<{ user: { id: UserId; role: string }; here: boolean; signedOut: boolean }>
  toUser(user: UserId, message: { type: 'legs'; snapshot: LineState } | { type: 'leg'; event: LegNews }): void
  /** To each of a user's sessions what is true for it. */
  toSessions(user: UserId, make: (session: string) => { type: 'supervision'; view: SupervisionView }): void
}

export interface CallsPorts {
  settings: LineSettings
  desk: DeskPort
  queue: QueueBook
  store: LineStore
  listenings: ListeningBook
  /** Null where this server keeps no recordings: nobody is recorded. */
  recordings: RecordingBook | null
  stream: OperatorStream
  /** A session ended before its time, by its id: its phone goes with it. */
  sessionEnded: Event<string>
  clock: Clock
  makeId: MakeId
  /** Unguessable text. */
  makeSecret: () => string
  log: Log
}
