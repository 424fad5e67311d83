import type { GoneReason } from '../../../shared/crm-api/callers.ts'
import type { Group } from '../../../shared/crm-api/lines.ts'
import { isOpen as isInHours } from '../../../shared/domain/campaign/calling-hours.ts'
import type { Event } from '../../../shared/std/event.ts'
import { parsePhone } from '../../../shared/std/phone.ts'
import type { Instant } from '../../../shared/std/clock.ts'
import type { AttemptId, CallerId, CampaignId, ContactId, UserId } from '../../../shared/std/ids.ts'
import { DateTime } from 'luxon'
import { sql } from 'kysely'
import { country } from '../imports/rules.ts'
import type { Ringable } from './inbound.ts'
import { answer, ring, ringable, ringOver } from './inbound.ts'
import { contactsWith } from './people.ts'
import type { Db, WorkPorts } from './ports.ts'

/** Somebody in a queue, as far as the switch's half of the server needs it. */
export interface Queued {
  caller: CallerId
  channel: string
  campaign: CampaignId
  priority: number
  /** As the network says it, E.164 where it can be read as such; '' where withheld. */
  from: string
  called: string
  since: Instant
}

/** A call that an operator has, on its way into a queue. */
export interface HandedCall {
  channel: string
  campaign: CampaignId
  contact: ContactId | null
  /** The attempt whose operator hands it on; null where nobody has to say any more how it went. */
  from: AttemptId | null
  peer: string
}

/** What whoever has a switch tells, and asks, of calls that come in. */
export interface QueueLine {
  /** Notes a call that came in. Null where the called number is of no running or suspended campaign. */
  arrived(
    call: { channel: string; from: string | null; name: string | null; to: string },
    at: Instant,
  ): Promise<(Queued & { isOpen: boolean; isStaffed: boolean }) | null>
  handedIn(call: HandedCall, at: Instant): Promise<Queued>
  /** Of a server that starts: who was waiting; nothing rings any more. */
  waiting(): Promise<Queued[]>
  /** Some operator of the campaign is signed in, or was a moment ago. */
  isStaffed(campaign: CampaignId): Promise<boolean>
  gone(caller: CallerId, reason: GoneReason, at: Instant): Promise<void>
  ringable(): Promise<Ringable[]>
  /** False where operator or caller is not free for it any more. */
  ring(user: UserId, caller: CallerId, attempt: AttemptId): Promise<boolean>
  /** Sends the operator what lies on their desk now: after their page has heard of the leg that rings. */
  show(user: UserId): Promise<void>
  /** `missed`: nobody did anything. `not-reached`: the operator declined, or the caller gave up. */
  ringOver(user: UserId, attempt: AttemptId, how: 'missed' | 'not-reached'): Promise<void>
  /** Throws `not-in-this-state` where it does not ring at this operator (any more). */
  answer(user: UserId, attempt: AttemptId): Promise<void>
  /** Running campaigns with operators, as destinations. */
  groups(): Promise<Group[]>
  /** Campaign and contact of an attempt, for a call that goes into a queue. */
  aboutAttempt(attempt: AttemptId): Promise<{ campaign: CampaignId; contact: ContactId }>
  /** Operators or their work have changed. */
  changed: Event<void>
}

/** So long a page may take to come back, also after a restart of this server. */
const comesBackWithin = 60_000
/** Somebody called within so long probably means that campaign, where several have the called number. */
const recent = 7 * 24 * 60 * 60_000

const asE164 = (number: string): string => {
  const read = parsePhone(number, country)
  return read.ok ? read.e164 : number
}

export function queueLine(
  ports: Pick<WorkPorts, 'db' | 'clock' | 'makeId'>,
  run: {
    tell(user: UserId): Promise<void>
    after(user: UserId, released: boolean): Promise<void>
    changed: Event<void>
    emit(): void
  },
): QueueLine {
  const { db } = ports

  async function put(
    row: Omit<Queued, 'caller' | 'from'> & {
      number: string | null
      name: string
      contact: ContactId | null
      handedFrom: AttemptId | null
    },
  ): Promise<Queued> {
    const caller = ports.makeId() as CallerId
    await db
      .insertInto('callers')
      .values({
        id: caller,
        channel: row.channel,
        campaign_id: row.campaign,
        number: row.number,
        name: row.name,
        called: row.called,
        came_at: row.since,
        contact_id: row.contact,
        handed_from: row.handedFrom,
      })
      .execute()
    run.emit()
    const { channel, campaign, priority, called, since } = row
    return { caller, channel, campaign, priority, from: row.number ?? '', called, since }
  }

  async function staffed(campaign: CampaignId): Promise<boolean> {
    const row = await db
      .selectFrom('operators')
      .innerJoin('campaign_operators', 'campaign_operators.user_id', 'operators.user_id')
      .select('operators.user_id')
      .where('campaign_id', '=', campaign)
      .where((where) =>
        where.or([where('state', '!=', 'offline'), where('since', '>', ports.clock.now() - comesBackWithin)]),
      )
      .limit(1)
      .executeTakeFirst()
    return row !== undefined
  }

  return {
    changed: run.changed,
    ringable: () => ringable(db),
    ring: (user, caller, attempt) => ring(ports, user, caller, attempt),
    show: run.tell,
    ringOver: async (user, attempt, how) => {
      await ringOver(ports, user, attempt, how)
      await run.after(user, false)
    },
    answer: async (user, attempt) => {
      const reader = await answer(ports, user, attempt)
      await run.tell(user)
      if (reader !== null) await run.after(reader, false)
    },
    arrived: async (call, at) => {
      const number = call.from === null ? null : asE164(call.from)
      const [campaign, [known]] = await Promise.all([
        campaignOf(db, asE164(call.to), number, at),
        number === null ? [] : contactsWith(db, number),
      ])
      if (campaign === null) return null
      const row = {
        channel: call.channel,
        campaign: campaign.id,
        priority: campaign.priority,
        number,
        name: call.name ?? '',
        called: call.to,
        since: at,
        contact: known?.id ?? null,
        handedFrom: null,
      }
      const [queued, isStaffed] = await Promise.all([put(row), staffed(campaign.id)])
      return { ...queued, isOpen: isOpenFor(campaign, at), isStaffed }
    },
    handedIn: async (call, at) =>
      put({
        channel: call.channel,
        campaign: call.campaign,
        priority: await priorityOf(db, call.campaign),
        number: call.peer === '' ? null : call.peer,
        name: '',
        called: '',
        since: at,
        contact: call.contact,
        handedFrom: call.from,
      }),
    waiting: () => waiting(ports),
    isStaffed: staffed,
    groups: () => groups(db),
    aboutAttempt: (attempt) =>
      db
        .selectFrom('attempts')
        .select(['campaign_id as campaign', 'contact_id as contact'])
        .where('id', '=', attempt)
        .executeTakeFirstOrThrow(),
    gone: async (caller, reason, at) => {
      await db
        .updateTable('callers')
        .set({ gone_at: at, gone_reason: reason, ring_operator: null, ring_attempt: null })
        .where('id', '=', caller)
        .where('gone_at', 'is', null)
        .where('answered_at', 'is', null)
        .execute()
      run.emit()
    },
  }
}

async function groups(db: Db): Promise<Group[]> {
  const { rows } = await sql<Group>`
    select c.id as campaign, c.description as name,
      count(*) filter (where o.state <> 'offline') as here,
      count(*) filter (where o.state = 'ready' and o.attempt is null) as idle
    from campaigns c
    join campaign_operators e on e.campaign_id = c.id
    left join operators o on o.user_id = e.user_id
    where c.state = 'running' group by c.id order by c.description, c.id`.execute(db)
  return rows
}

async function priorityOf(db: Db, campaign: CampaignId): Promise<number> {
  const row = await db
    .selectFrom('campaigns')
    .select('priority')
    .where('id', '=', campaign)
    .executeTakeFirstOrThrow()
  return row.priority
}

interface CalledCampaign {
  id: CampaignId
  state: string
  priority: number
  starts_on: string
  ends_on: string
  hours: Parameters<typeof isInHours>[0]
}

/**
 * The campaign of a called number: a running one before a suspended one; of several the one that called this person
 * lately or owes them a callback, then the highest priority.
 */
async function campaignOf(
  db: Db,
  called: string,
  from: string | null,
  now: Instant,
): Promise<CalledCampaign | null> {
  const { rows } = await sql<CalledCampaign & { numbers: string[] }>`
    select c.id, c.state, c.priority, c.starts_on, c.ends_on, c.hours, c.inbound -> 'numbers' as numbers
    from campaigns c
    left join lateral (
      select 1 as known from campaign_records r join contact_phones p on p.contact_id = r.contact_id
      where p.e164 = ${from} and r.campaign_id = c.id and (
        (r.state = 'waiting' and r.kind = 'callback') or exists (
          select from attempts a where a.record_id = r.id and a.phone = ${from} and a.started_at > ${now - recent}))
      limit 1
    ) person on true
    where c.state in ('running', 'suspended') and jsonb_array_length(c.inbound -> 'numbers') > 0
    order by c.state, person.known nulls last, c.priority desc, c.id`.execute(db)
  return rows.find(({ numbers }) => numbers.some((number) => asE164(number) === called)) ?? null
}

/** The campaign's own days and hours: the law's bind who calls, not who answers. */
function isOpenFor({ state, starts_on: from, ends_on: to, hours }: CalledCampaign, now: Instant): boolean {
  const date = DateTime.fromMillis(now, { zone: hours.zone }).toISODate() ?? ''
  return state === 'running' && from <= date && date <= to && isInHours(hours, now)
}

async function waiting(ports: Pick<WorkPorts, 'db' | 'clock'>): Promise<Queued[]> {
  const { db } = ports
  const ringing = await db
    .selectFrom('callers')
    .select(['ring_operator', 'ring_attempt'])
    .where('ring_attempt', 'is not', null)
    .execute()
  for (const { ring_operator: user, ring_attempt: attempt } of ringing) {
    if (user !== null && attempt !== null) await ringOver(ports, user, attempt, 'not-reached')
  }
  const rows = await db
    .selectFrom('callers')
    .innerJoin('campaigns', 'campaigns.id', 'callers.campaign_id')
    .select(['callers.id', 'channel', 'campaign_id', 'priority', 'number', 'called', 'came_at'])
    .where('answered_at', 'is', null)
    .where('gone_at', 'is', null)
    .execute()
  return rows.map((row) => ({
    caller: row.id,
    channel: row.channel,
    campaign: row.campaign_id,
    priority: row.priority,
    from: row.number ?? '',
    called: row.called,
    since: row.came_at,
  }))
}
