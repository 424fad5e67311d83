import { describe, expect, it } from 'vitest'
import { boardAt, fibra } from '../../../tests/fakes/crm-board.ts'
import { byAttention, campaignFigures, paceTimes, perCall, stateCounts, watched } from './rules.ts'

const now = Date.UTC(2026, 10, 24, 10, 43)
const board = boardAt(now, now, 0)

describe('the board', () => {
  it('puts first whom an alarm names, wrap-ups before breaks, and who is away last', () => {
    const names = byAttention(board).map(({ name }) => name)
    expect(names.slice(0, 3)).toEqual(['Luca Bruni', 'Davide Riva', 'Irene Sala'])
    expect(names.at(-1)).toBe('Nicola Fabbri')
  })

  it('counts operators by state and leaves out states that nobody is in', () => {
    expect(stateCounts(board.operators).map(({ state, count }) => `${count} ${state}`)).toEqual([
      '2 ready',
      '1 reserved',
      '1 ringing',
      '4 talking',
      '2 wrap-up',
      '1 break',
      '1 offline',
    ])
  })

  it('sums up a campaign: who is enabled and ready, who works on it, what is left', () => {
    const campaign = board.campaigns.find(({ id }) => id === fibra)!
    expect(campaignFigures(campaign, board.operators)).toMatchObject({
      operators: 7,
      ready: 2,
      talking: 3,
      ringing: 1,
      closed: 13_690,
      left: 4310,
      worked: 991,
    })
  })

  it('has no share of positive outcomes before the first outcome', () => {
    const campaign = { ...board.campaigns[0]!, outcomes: [] }
    expect(campaignFigures(campaign, []).positive).toBeNull()
  })

  it('averages per call, and says nothing of nobody', () => {
    expect(perCall(100, { calls: 3 })).toBe(33)
    expect(perCall(0, { calls: 0 })).toBe(0)
  })

  it('ends the pace with the span of five minutes that is running', () => {
    expect(paceTimes(2, now)).toEqual([Date.UTC(2026, 10, 24, 10, 35), Date.UTC(2026, 10, 24, 10, 40)])
  })

  it('watches running campaigns first, then suspended ones, and no others', () => {
    const [first, second] = board.campaigns
    const states = watched([
      { ...first!, state: 'suspended' },
      { ...second!, state: 'running' },
      { ...first!, state: 'draft' },
    ]).map(({ state }) => state)
    expect(states).toEqual(['running', 'suspended'])
  })
})
