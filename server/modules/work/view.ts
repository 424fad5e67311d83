import { sql } from 'kysely'
import { noPhone } from '../../../shared/crm-api/phone.ts'
import type { Offer, OperatorView } from '../../../shared/crm-api/work.ts'
import type { LawProfile } from '../../../shared/domain/campaign/law.ts'
import { offline } from '../../../shared/domain/operator/operator.ts'
import type { LegEnd } from '../../../shared/domain/call/legs.ts'
import type { Instant } from '../../../shared/std/clock.ts'
import type { AttemptId, UserId } from '../../../shared/std/ids.ts'
import { hasGoodNumber } from '../../db/good-number.ts'
import type { ContactReader } from '../contacts/rules.ts'
import { runningCampaigns } from './campaigns.ts'
import { nextDue } from './due.ts'
import type { Db, PhonePort } from './ports.ts'
import { needsPhone } from './phone.ts'
import { callerOf, campaignPart, ringingOffer, withFirst } from './offer.ts'
import { isServerDialed } from './server-dial.ts'
import { findOperator } from './repository.ts'
import { startOfDay } from './rules.ts'

interface ViewPorts {
  law: LawProfile
  phone: PhonePort | null
  contacts: ContactReader
}

/** The operator's whole state, read in one snapshot of the database. */
export function operatorView(db: Db, ports: ViewPorts, user: UserId, now: Instant): Promise<OperatorView> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const operator = (await findOperator(tx, user)) ?? offline(now)
      const work = operator.attempt === null ? null : await workOf(tx, ports, operator.attempt)
      const isIdle = operator.state === 'ready' && work === null
      return {
        state: operator.state,
        since: operator.since,
        breakReason: operator.breakReason,
        wanted: operator.wanted,
        work,
        idle: isIdle ? await idleReason(tx, ports.law, user, now) : null,
        today: await today(tx, user, now),
        phone: { ...(ports.phone?.of(user) ?? noPhone), needed: await needsPhone(tx, user) },
        supervisors: ports.phone?.supervised(user) ?? [],
        dialing: work === null && operator.attempt !== null ? await dialing(tx, operator.attempt) : null,
        callbacks: await callbacks(tx, user),
      }
    })
}

/** A call the server makes for the operator, before anybody has answered. */
async function dialing(db: Db, id: AttemptId): Promise<OperatorView['dialing']> {
  const row = await db
    .selectFrom('attempts')
    .innerJoin('campaigns', 'campaigns.id', 'attempts.campaign_id')
    .innerJoin('contacts', 'contacts.id', 'attempts.contact_id')
    .select(['campaigns.description', 'first_name', 'last_name', 'company', 'attempts.started_at'])
    .where('attempts.id', '=', id)
    .where('server_dialed', '=', true)
    .where('attempts.state', '=', 'started')
    .where('reached_at', 'is', null)
    .executeTakeFirst()
  if (!row) return null
  const contact = [row.first_name, row.last_name].filter(Boolean).join(' ') || row.company
  return { attempt: id, campaign: row.description, contact, since: row.started_at ?? 0 }
}

async function workOf(db: Db, ports: ViewPorts, id: AttemptId): Promise<OperatorView['work']> {
  const row = await db
    .selectFrom('attempts')
    .innerJoin('campaigns', 'campaigns.id', 'attempts.campaign_id')
    .innerJoin('campaign_records', 'campaign_records.id', 'attempts.record_id')
    .leftJoin('phone_setup', 'phone_setup.user_id', 'attempts.operator')
    .selectAll('campaigns')
    .select([
      'attempts.state as stage',
      'attempts.offered_at',
      'attempts.record_id',
      'attempts.contact_id',
      'attempts.operator',
      'campaign_records.kind',
      'campaign_records.due_at',
      'campaign_records.attempts',
      'attempts.kind as way',
      'attempts.phone',
      'attempts.caller',
      'dial_prefix',
      'attempts.reached_at',
      'attempts.answered_at',
      'attempts.ended_at',
      'attempts.end_cause',
      'attempts.switch_cause',
    ])
    .where('attempts.id', '=', id)
    .executeTakeFirst()
  if (!row) {
    const offer = await ringingOffer(db, ports, id)
    return offer && { stage: 'offered', offer, ended: null }
  }
  if (row.stage !== 'offered' && row.stage !== 'started' && row.stage !== 'handed-on') return null
  // The server dials it; the operator gets it when somebody answers.
  if (row.way === 'campaign' && isServerDialed(row) && row.reached_at === null) return null
  const { contacts } = ports
  const contact = await contacts.get(db, row.contact_id)
  if (!contact) throw new Error('an attempt names a contact that is not there')
  const offer: Offer = {
    attempt: id,
    offeredAt: row.offered_at,
    campaign: campaignPart(row, ports.phone),
    record: {
      id: row.record_id,
      kind: row.way === 'campaign' ? row.kind : row.way,
      dueAt: row.due_at,
      attempts: row.attempts,
      maxAttempts: row.max_attempts,
    },
    contact: row.way === 'campaign' ? contact : withFirst(contact, row.phone),
    history: await contacts.history(db, row.contact_id, row.operator),
    caller: row.caller === null ? null : await callerOf(db, row.caller, contact.id),
  }
  return { stage: row.stage === 'offered' ? 'offered' : 'started', offer, ended: endOf(row) }
}

function endOf(row: {
  answered_at: Instant | null
  ended_at: Instant | null
  end_cause: LegEnd | null
  switch_cause: string | null
}): NonNullable<OperatorView['work']>['ended'] {
  if (row.ended_at === null || row.end_cause === null) return null
  const { answered_at: answeredAt, switch_cause: switchCause } = row
  return { at: row.ended_at, answeredAt, end: row.end_cause, switchCause }
}

/** Why a ready operator has nothing on the desk, in the words of what would have to change. */
async function idleReason(
  db: Db,
  law: LawProfile,
  user: UserId,
  now: Instant,
): Promise<NonNullable<OperatorView['idle']>> {
  const campaigns = await runningCampaigns(db, law, now, user)
  if (campaigns.length === 0) return { code: 'no-campaign', until: null }
  const open = campaigns.filter((campaign) => campaign.open)
  if (open.length === 0) {
    const opening = campaigns.flatMap(({ opensAt }) => (opensAt === null ? [] : [opensAt]))
    return { code: 'outside-hours', until: opening.length > 0 ? Math.min(...opening) : null }
  }
  const until = await nextDue(db, open, now, user)
  if (until !== null) return { code: 'waiting-for-due', until }
  return { code: open.some((each) => each.takesCalls) ? 'waiting-for-calls' : 'no-record-left', until }
}

async function today(db: Db, user: UserId, now: Instant): Promise<OperatorView['today']> {
  const { rows } = await sql<OperatorView['today']>`
    select count(*) as worked,
      count(*) filter (where outcome ->> 'effect' = 'close-positive') as positive,
      count(*) filter (where outcome ->> 'effect' = 'callback') as callbacks
    from attempts where operator = ${user} and wrapped_up_at >= ${startOfDay(now)}`.execute(db)
  return rows[0] ?? { worked: 0, positive: 0, callbacks: 0 }
}

async function callbacks(db: Db, user: UserId): Promise<OperatorView['callbacks']> {
  const rows = await db
    .selectFrom('campaign_records as r')
    .innerJoin('contacts', 'contacts.id', 'r.contact_id')
    .innerJoin('campaigns', 'campaigns.id', 'r.campaign_id')
    .select(['r.id', 'r.due_at', 'first_name', 'last_name', 'company', 'campaigns.description'])
    .where('r.callback_operator', '=', user)
    .where('r.state', '=', 'waiting')
    .where('r.kind', '=', 'callback')
    .where(hasGoodNumber)
    .where('campaigns.state', '!=', 'closed')
    .orderBy('r.due_at')
    .limit(50)
    .execute()
  return rows.map((row) => ({
    record: row.id,
    name: [row.first_name, row.last_name].filter(Boolean).join(' ') || row.company,
    dueAt: row.due_at ?? 0,
    campaign: row.description,
  }))
}
