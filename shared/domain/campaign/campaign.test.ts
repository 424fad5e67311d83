import { describe, expect, test } from 'vitest'
import {
  campaignCommands,
  campaignStates,
  checkLaunch,
  moveCampaign,
  type CampaignCommand,
} from './campaign.ts'

const complete = {
  records: 10,
  takesCalls: false,
  operators: 2,
  outcomeEffects: ['close-positive', 'retry'],
  callingHours: 5,
  endsBeforeToday: false,
  lineCannotDial: false,
  script: 'valid',
} as const

describe('a campaign', () => {
  test.each([
    ['draft', 'launch', 'running'],
    ['draft', 'resume', null],
    ['running', 'suspend', 'suspended'],
    ['running', 'launch', null],
    ['suspended', 'resume', 'running'],
    ['suspended', 'close', 'closed'],
    ['closed', 'resume', null],
  ] as const)('%s on %s is %s', (state, command, after) => {
    expect(moveCampaign(state, command)).toBe(after)
  })

  test.each(campaignStates)('%s offers exactly the commands that move it', (state) => {
    const all: CampaignCommand[] = ['launch', 'suspend', 'resume', 'close']
    expect([...campaignCommands(state)].toSorted()).toEqual(
      all.filter((command) => moveCampaign(state, command) !== null).toSorted(),
    )
  })

  test('that is complete may be launched', () => {
    expect(checkLaunch(complete)).toEqual([])
    expect(checkLaunch({ ...complete, records: 0, takesCalls: true })).toEqual([])
  })

  test.each([
    [{ records: 0 }, 'no-records'],
    [{ operators: 0 }, 'no-operators'],
    [{ outcomeEffects: [] }, 'no-outcomes'],
    [{ outcomeEffects: ['retry'] }, 'no-closing-outcome'],
    [{ callingHours: 0 }, 'no-calling-hours'],
    [{ endsBeforeToday: true }, 'dates-over'],
    [{ lineCannotDial: true }, 'line-cannot-dial'],
    [{ script: 'empty' }, 'script-empty'],
    [{ script: 'invalid' }, 'script-invalid'],
  ] as const)('with %o is stopped by %s alone', (change, problem) => {
    expect(checkLaunch({ ...complete, ...change })).toEqual([problem])
  })
})
