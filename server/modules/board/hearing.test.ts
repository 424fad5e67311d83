import { expect, it } from 'vitest'
import type { UserId } from '../../../shared/std/ids.ts'
import type { Hearing, OperatorLine, OperatorRow } from './rules.ts'
import { hearingOf } from './rules.ts'

const calls = (link: 'up' | 'down', canHear: boolean): Hearing => ({
  link: () => link,
  canHear: () => canHear,
  onCallOf: () => [],
})

it.each<[OperatorRow['state'], OperatorRow['line'], Hearing | null, OperatorLine['hearing']]>([
  ['talking', 'pbx', calls('up', true), 'possible'],
  // a call that came in for a campaign that dials nobody
  ['talking', 'simulated', calls('up', true), 'possible'],
  ['talking', 'simulated', calls('up', false), 'simulated'],
  ['talking', 'simulated', null, 'simulated'],
  ['talking', 'pbx', null, 'no-switch'],
  ['talking', 'pbx', calls('down', true), 'switch-away'],
  ['talking', 'pbx', calls('up', false), 'phone-away'],
  ['ringing', 'pbx', calls('up', false), 'no-call'],
  ['wrap-up', 'pbx', calls('up', true), 'no-call'],
  ['ready', null, calls('up', false), 'no-call'],
])('who is %s on a %s line can be heard or not, and the board says why', (state, line, port, hearing) => {
  expect(hearingOf({ id: 'anna' as UserId, state, line }, port)).toBe(hearing)
})
