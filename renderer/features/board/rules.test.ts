import { describe, expect, it } from 'vitest'
import type { CampaignId, UserId } from '../../../shared/std/ids.ts'
import {
  byAttention,
  campaignFigures,
  paceTimes,
  perCall,
  stateCounts,
  watched,
  type BoardAlarm,
  type BoardCampaign,
  type BoardOperator,
} from './rules.ts'

const now = Date.UTC(2026, 10, 24, 10, 43)
const fibra = 'k1' as CampaignId

const operator = (
  name: string,
  state: BoardOperator['state'],
  seconds: number,
  more: Partial<BoardOperator> = {},
): BoardOperator => ({
  id: name as UserId,
  name,
  grammar: 'n',
  state,
  since: now - seconds * 1000,
  breakReason: null,
  campaign: null,
  campaigns: [fibra],
  hearing: 'no-call',
  supervisors: [],
  calls: 0,
  positive: 0,
  talkSeconds: 0,
  wrapUpSeconds: 0,
  ...more,
})
const alarm = (code: BoardAlarm['code'], name: string): BoardAlarm => ({
  code,
  campaign: null,
  operator: name as UserId,
  since: now,
  values: {},
})
const atWork = { campaign: 'Fibra' }
const operators = [
  operator('Away', 'offline', 900),
  operator('Ready', 'ready', 8),
  operator('Talking', 'talking', 80, atWork),
  operator('Short', 'wrap-up', 14, atWork),
  operator('Coffee', 'break', 1310),
  operator('Stuck', 'wrap-up', 430, atWork),
  operator('Elsewhere', 'talking', 30, { campaign: 'Rinnovi', campaigns: [] }),
]
const campaign: BoardCampaign = {
  id: fibra,
  code: 'FIBRA',
  description: 'Fibra',
  state: 'running',
  workMode: 'preview',
  records: {
    total: 100,
    new: 40,
    retry: 10,
    callback: 5,
    reserved: 1,
    working: 4,
    closed: {
      positive: 10,
      negative: 20,
      'wrong-number': 4,
      'do-not-call': 1,
      'attempts-used-up': 5,
      removed: 0,
    },
  },
  outcomes: [
    { code: 'yes', label: { it: 'Sì', en: 'Yes' }, effect: 'close-positive', count: 10 },
    { code: 'no', label: { it: 'No', en: 'No' }, effect: 'close-negative', count: 30 },
  ],
  queue: { waiting: 0, since: null, abandonedToday: 0 },
  pace: Array.from({ length: 24 }, (_, span) => span),
}

describe('the board', () => {
  it('puts first whom an alarm names, wrap-ups before breaks, and who is away last', () => {
    const alarms = [alarm('long-break', 'Coffee'), alarm('long-wrap-up', 'Stuck')]
    expect(byAttention({ operators, alarms }).map(({ name }) => name)).toEqual([
      'Stuck',
      'Coffee',
      'Short',
      'Talking',
      'Elsewhere',
      'Ready',
      'Away',
    ])
  })

  it('counts operators by state and leaves out states that nobody is in', () => {
    expect(stateCounts(operators).map(({ state, count }) => `${count} ${state}`)).toEqual([
      '1 ready',
      '2 talking',
      '2 wrap-up',
      '1 break',
      '1 offline',
    ])
  })

  it('sums up a campaign: who is enabled and ready, who works on it, what is left', () => {
    expect(campaignFigures(campaign, operators)).toEqual({
      operators: 5,
      ready: 1,
      talking: 1,
      ringing: 0,
      closed: 40,
      left: 60,
      worked: 40,
      positive: 0.25,
      lastHour: 210,
    })
  })

  it('has no share of positive outcomes before the first outcome', () => {
    expect(campaignFigures({ ...campaign, outcomes: [] }, []).positive).toBeNull()
  })

  it('averages per call, and says nothing of nobody', () => {
    expect(perCall(100, { calls: 3 })).toBe(33)
    expect(perCall(0, { calls: 0 })).toBe(0)
  })

  it('ends the pace with the span of five minutes that is running', () => {
    expect(paceTimes(2, now)).toEqual([Date.UTC(2026, 10, 24, 10, 35), Date.UTC(2026, 10, 24, 10, 40)])
  })

  it('watches running campaigns first, then suspended ones, and no others', () => {
    const states = watched([
      { ...campaign, state: 'suspended' },
      { ...campaign, state: 'running' },
      { ...campaign, state: 'draft' },
    ]).map(({ state }) => state)
    expect(states).toEqual(['running', 'suspended'])
  })
})
