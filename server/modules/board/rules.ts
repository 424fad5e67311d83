import type { z } from 'zod'
import type { BoardAlarm, BoardCampaign, BoardOperator } from '../../../shared/crm-api/board.ts'
import type { Supervisor } from '../../../shared/crm-api/supervision.ts'
import type { Instant } from '../../../shared/std/clock.ts'
import type { UserId } from '../../../shared/std/ids.ts'

export type Alarm = z.infer<typeof BoardAlarm>
export type OperatorLine = z.infer<typeof BoardOperator>
/** An operator as the tables know them; what can be heard is known to the calls. */
export type OperatorRow = Omit<OperatorLine, 'hearing' | 'supervisors'> & {
  wrapUpLimitSeconds: number | null
  line: 'simulated' | 'pbx' | null
}
export type CampaignLine = z.infer<typeof BoardCampaign>

export const longBreak = 20 * 60_000
/** A wrap-up is long when it takes so many times what the campaign allows. */
export const longWrapUpFactor = 3

export interface Facts {
  now: Instant
  operators: readonly OperatorRow[]
  campaigns: readonly (CampaignLine & {
    open: boolean
    opensAt: Instant | null
    /** It has work as long as somebody calls. */
    takesCalls: boolean
  })[]
}

/** What needs a decision now. `since` is when it began where that is known, else now: see `sameSince`. */
export function alarms(facts: Facts): Alarm[] {
  return [
    ...facts.operators.flatMap((operator) => operatorAlarms(operator, facts.now)),
    ...facts.campaigns.flatMap((campaign) => campaignAlarms(campaign, facts)),
  ]
}

function operatorAlarms(operator: Facts['operators'][number], now: Instant): Alarm[] {
  const { id, name, state, since, wrapUpLimitSeconds: limit } = operator
  const alarm = (code: Alarm['code'], from: Instant): Alarm => ({
    code,
    campaign: null,
    operator: id,
    since: from,
    values: { operator: name },
  })
  const wrapUpEnd = limit === null ? Infinity : since + limit * longWrapUpFactor * 1_000
  if (state === 'wrap-up' && now >= wrapUpEnd) return [alarm('long-wrap-up', wrapUpEnd)]
  if (state === 'break' && now >= since + longBreak) return [alarm('long-break', since + longBreak)]
  return []
}

function campaignAlarms(campaign: Facts['campaigns'][number], { now, operators }: Facts): Alarm[] {
  if (campaign.state !== 'running') return []
  const { records } = campaign
  const waiting = records.new + records.retry + records.callback
  const isWaitedFor = waiting + campaign.queue.waiting > 0
  const isAtWork = (state: OperatorLine['state']) => !['offline', 'break', 'missed'].includes(state)
  const isServed = operators.some(
    ({ campaigns, state }) => campaigns.includes(campaign.id) && isAtWork(state),
  )
  const alarm = (code: Alarm['code'], values: Alarm['values'] = {}): Alarm[] => [
    {
      code,
      campaign: campaign.id,
      operator: null,
      since: now,
      values: { campaign: campaign.description, ...values },
    },
  ]
  const isEmpty = waiting + records.reserved + records.working === 0
  if (isEmpty && !campaign.takesCalls) return alarm('no-records-left')
  if (!campaign.open) {
    return alarm('outside-hours', campaign.opensAt === null ? {} : { until: campaign.opensAt })
  }
  return isServed || !isWaitedFor ? [] : alarm('nobody-ready')
}

/** Calls on the switch, as the board shows them. */
export interface Hearing {
  link(): 'up' | 'down'
  canHear(operator: UserId): boolean
  onCallOf(operator: UserId): Supervisor[]
}

/** `calls` is null where the server has no switch. */
export function hearingOf(
  { id, state, line }: Pick<OperatorRow, 'id' | 'state' | 'line'>,
  calls: Hearing | null,
): OperatorLine['hearing'] {
  if (state !== 'talking') return 'no-call'
  if (calls?.link() === 'up' && calls.canHear(id)) return 'possible'
  if (line === 'simulated') return 'simulated'
  if (calls === null) return 'no-switch'
  return calls.link() === 'down' ? 'switch-away' : 'phone-away'
}

const keyOf = ({ code, campaign, operator }: Alarm) => `${code} ${campaign ?? ''} ${operator ?? ''}`

/** An alarm that stood already keeps the instant at which it was first seen. */
export function sameSince(before: readonly Alarm[], current: readonly Alarm[]): Alarm[] {
  const known = new Map(before.map((alarm) => [keyOf(alarm), alarm.since]))
  return current.map((alarm) => ({ ...alarm, since: known.get(keyOf(alarm)) ?? alarm.since }))
}
