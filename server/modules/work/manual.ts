import type { CallPermission } from '../../../shared/domain/campaign/law.ts'
import type { Operator } from '../../../shared/domain/operator/operator.ts'
import { AppError } from '../../../shared/std/errors.ts'
import { maskPhone, parsePhone } from '../../../shared/std/phone.ts'
import type { AttemptId, CampaignId, ContactId, RecordId, UserId } from '../../../shared/std/ids.ts'
import type { Instant } from '../../../shared/std/clock.ts'
import type { AuditDraft } from '../audit/rules.ts'
import { country } from '../imports/rules.ts'
import { takeRecord } from './beside.ts'
import type { EnabledCampaign } from './campaigns.ts'
import { runningCampaigns } from './campaigns.ts'
import { withdrawOffer } from './matching.ts'
import { contactsWith, makeContact, recordOf } from './people.ts'
import type { Db, WorkPorts } from './ports.ts'
import { addAttempt, lockOperator, saveOperator } from './repository.ts'
import { moved } from './rules.ts'
import { numberPermission } from './start.ts'

type Ports = Pick<WorkPorts, 'db' | 'law' | 'makeId' | 'audit' | 'phone'>
type Refused = Exclude<CallPermission, { allowed: true }>

export interface ManualWish {
  phone: string
  campaign: CampaignId | null
}

/** More that stands or falls with it. */
export type Along = (tx: Db, attempt: AttemptId) => Promise<void>

/**
 * Puts a number that the operator chose on their desk as an offer, which they then start as any other: `start` asks the
 * law again. From a break the operator goes back to it afterwards. Throws `invalid-input` (details: the problem of the
 * number), `not-in-this-state` in a call, without a running campaign (details: `no-campaign`) or while a colleague has the
 * contact, and `call-not-allowed` where the law function says no, which the audit keeps.
 */
export async function offerByHand(
  ports: Ports,
  asker: Omit<AuditDraft, 'action' | 'subject' | 'details'> & { user: UserId },
  wish: ManualWish,
  along: Along = async () => {},
): Promise<void> {
  const number = parsePhone(wish.phone, country)
  if (!number.ok) {
    throw new AppError('invalid-input', 'not a phone number', { details: { problem: number.reason } })
  }
  const phone = number.e164
  const { user, ...entry } = asker
  const refused = await ports.db.transaction().execute(async (tx): Promise<Refused | null> => {
    const operator = await freeForIt(tx, user, entry.at)
    const [known] = await contactsWith(tx, phone)
    const campaign = await campaignFor(tx, ports, user, wish.campaign, known?.id ?? null, entry.at)
    const permission = await numberPermission(tx, ports, { phone, campaign: campaign.id, now: entry.at })
    if (!permission.allowed) {
      const details = { reason: permission.reason, until: permission.until, phone: maskPhone(phone) }
      await ports.audit.add(tx, { ...entry, action: 'call.refused', subject: campaign.id, details })
      return permission
    }
    if (campaign.line === 'pbx') refuseWithoutPhone(ports, user)
    const contact = known?.id ?? (await makeContact(tx, ports.makeId() as ContactId, phone, entry.at))
    await offer(tx, ports, { user, operator, campaign: campaign.id, contact, phone, now: entry.at, along })
    return null
  })
  if (refused === null) return
  throw new AppError('call-not-allowed', `the call may not be made: ${refused.reason}`, {
    details: { reason: refused.reason, until: refused.until },
  })
}

/** The operator with an empty desk: what they were only reading goes back. */
async function freeForIt(tx: Db, user: UserId, now: Instant): Promise<Operator> {
  const operator = await lockOperator(tx, user, now)
  const free = operator.state === 'reserved' ? await withdrawOffer(tx, user, operator, now) : operator
  if (free.attempt === null && free.state !== 'offline') return free
  throw new AppError('not-in-this-state', 'the operator is in a call')
}

async function campaignFor(
  tx: Db,
  ports: Pick<Ports, 'law'>,
  user: UserId,
  wanted: CampaignId | null,
  contact: ContactId | null,
  now: Instant,
): Promise<EnabledCampaign> {
  const own = await runningCampaigns(tx, ports.law, now, user)
  if (wanted !== null) {
    const campaign = own.find(({ id }) => id === wanted)
    if (!campaign) throw new AppError('not-found', 'no running campaign of this operator')
    return campaign
  }
  if (contact !== null) {
    for (const campaign of own) if (await recordOf(tx, campaign.id, contact)) return campaign
  }
  const [first] = own
  if (first) return first
  throw new AppError('not-in-this-state', 'this operator has no running campaign', {
    details: { problem: 'no-campaign' },
  })
}

function refuseWithoutPhone(ports: Pick<Ports, 'phone'>, user: UserId): void {
  const answer = ports.phone === null ? 'switch-away' : ports.phone.want(user)
  if (answer === 'up' || answer === 'coming') return
  throw new AppError('not-in-this-state', 'the phone of this operator cannot be called', {
    details: { check: 'phone', problem: answer },
  })
}

interface Choice {
  user: UserId
  operator: Operator
  campaign: CampaignId
  contact: ContactId
  phone: string
  now: Instant
  along: Along
}

async function offer(tx: Db, ports: Ports, choice: Choice): Promise<void> {
  const { user, operator, campaign, contact, phone, now: at, along } = choice
  const attempt = ports.makeId() as AttemptId
  const taken = await takeRecord(tx, {
    type: 'taken',
    campaign,
    contact,
    operator: user,
    attempt,
    makes: ports.makeId() as RecordId,
    now: at,
  })
  if (!taken.isOurs) throw new AppError('not-in-this-state', 'a colleague has this contact')
  await addAttempt(tx, {
    id: attempt,
    record_id: taken.record,
    campaign_id: campaign,
    contact_id: contact,
    operator: user,
    state: 'offered',
    kind: 'manual',
    record_found: taken.found,
    offered_at: at,
    phone,
  })
  const ready = moved(operator, { type: 'asked-ready', at })
  const offered = moved(ready, { type: 'offered', attempt, at })
  const reason = operator.state === 'break' ? operator.breakReason : null
  const back = reason === null ? offered : moved(offered, { type: 'asked-break', reason, at })
  await saveOperator(tx, user, back)
  await along(tx, attempt)
}
