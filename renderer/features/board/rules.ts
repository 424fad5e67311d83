import type { Board } from '../../../shared/crm-api/board.ts'

export type BoardOperator = Board['operators'][number]
export type BoardCampaign = Board['campaigns'][number]
export type BoardCall = Board['calls'][number]
export type BoardAlarm = Board['alarms'][number]

/** Who needs attention first: named by an alarm, then by how likely something hangs; the longest time first. */
export function byAttention(board: Pick<Board, 'operators' | 'alarms'>): readonly BoardOperator[] {
  const alarmed = new Map(board.alarms.map(({ operator, code }) => [operator, code]))
  const rank = ({ id, state }: BoardOperator) => {
    const alarm = alarmed.get(id)
    if (alarm === undefined) return order[state]
    return alarm === 'long-wrap-up' ? -2 : -1
  }
  return board.operators.toSorted((a, b) => rank(a) - rank(b) || a.since - b.since)
}

const order: Readonly<Record<BoardOperator['state'], number>> = {
  'wrap-up': 0,
  missed: 0,
  break: 1,
  ringing: 2,
  reserved: 2,
  talking: 3,
  ready: 4,
  offline: 5,
}

/** Operators per state, in the order of the states' own list; states that nobody is in are left out. */
export function stateCounts(
  operators: readonly BoardOperator[],
): readonly { state: BoardOperator['state']; count: number }[] {
  const states = ['ready', 'reserved', 'ringing', 'talking', 'wrap-up', 'missed', 'break', 'offline'] as const
  return states
    .map((state) => ({ state, count: operators.filter((operator) => operator.state === state).length }))
    .filter(({ count }) => count > 0)
}

export interface CampaignFigures {
  operators: number
  talking: number
  ringing: number
  ready: number
  closed: number
  left: number
  worked: number
  /** Share of outcomes that close positively; null before the first outcome. */
  positive: number | null
  /** Calls started in the last hour: twelve spans of five minutes. */
  lastHour: number
}

/** What the board says of one campaign in figures: who is enabled for it, and what is done for it at this moment. */
export function campaignFigures(
  campaign: BoardCampaign,
  operators: readonly BoardOperator[],
): CampaignFigures {
  const enabled = operators.filter(({ campaigns }) => campaigns.includes(campaign.id))
  const atWork = (...states: readonly BoardOperator['state'][]) =>
    operators.filter((one) => one.campaign === campaign.description && states.includes(one.state)).length
  const worked = sum(campaign.outcomes.map(({ count }) => count))
  const positive = sum(
    campaign.outcomes.filter(({ effect }) => effect === 'close-positive').map(({ count }) => count),
  )
  const closed = sum(Object.values(campaign.records.closed))
  return {
    operators: enabled.filter(({ state }) => state !== 'offline').length,
    talking: atWork('talking'),
    ringing: atWork('ringing', 'reserved'),
    ready: enabled.filter(({ state }) => state === 'ready').length,
    closed,
    left: campaign.records.total - closed,
    worked,
    positive: worked === 0 ? null : positive / worked,
    lastHour: sum(campaign.pace.slice(-12)),
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

/** Seconds per call; 0 before the first one. */
export const perCall = (seconds: number, { calls }: Pick<BoardOperator, 'calls'>): number =>
  calls === 0 ? 0 : Math.round(seconds / calls)

const fiveMinutes = 5 * 60_000

/** The beginnings of the five-minute spans of a pace that ends with the span in which `at` lies. */
export function paceTimes(count: number, at: number): readonly number[] {
  const last = Math.floor(at / fiveMinutes) * fiveMinutes
  return Array.from({ length: count }, (_, index) => last - (count - 1 - index) * fiveMinutes)
}

/** Running campaigns first, then suspended ones; drafts and closed ones are not watched. */
export const watched = (campaigns: readonly BoardCampaign[]): readonly BoardCampaign[] =>
  campaigns
    .filter(({ state }) => state === 'running' || state === 'suspended')
    .toSorted((a, b) => Number(a.state !== 'running') - Number(b.state !== 'running'))
