import { describe, expect, test } from 'vitest'
import type { LegId } from '../../std/ids.ts'
import { buttons } from './buttons.ts'
import type { Call } from './call.ts'
import { begin, next } from './call.ts'
import { abilities } from './legs.ts'

const all = new Set(abilities)
const leg = 'leg-1' as LegId
const offered = begin({
  type: 'leg-offered',
  leg,
  call: 'c' as Call['id'],
  from: '+39081',
  to: '',
  at: 0,
}) as Call
const step = next(offered, { type: 'leg-answered', leg, at: 1 })
const talking = 'call' in step ? step.call : offered
const asking = (state: 'ringing' | 'up', talkingTo: 'customer' | 'consult' | 'both'): Call => ({
  ...talking,
  consult: { leg: 'leg-2' as LegId, to: { kind: 'number', number: '+39081' }, state, talkingTo },
})

describe('the buttons of a call', () => {
  test('that rings in are answer and decline; without the ability the phone itself answers', () => {
    expect(buttons(offered, all)).toEqual(['answer', 'decline'])
    expect(buttons(offered, new Set())).toEqual(['decline'])
  })

  test('hand a customer on only while nobody else is on the line', () => {
    expect(buttons(talking, all)).toEqual(expect.arrayContaining(['hold', 'transfer', 'consult']))
    const between = buttons(asking('up', 'consult'), all)
    expect(between).toEqual(expect.arrayContaining(['swap', 'join', 'complete', 'cancel-consult']))
    expect(between).not.toEqual(expect.arrayContaining(['hold']))
    expect(between).not.toEqual(expect.arrayContaining(['transfer']))
  })

  test('offer only to give up while the second party rings, and no second join', () => {
    expect(buttons(asking('ringing', 'consult'), all)).not.toContain('swap')
    expect(buttons(asking('ringing', 'consult'), all)).toContain('cancel-consult')
    expect(buttons(asking('up', 'both'), all)).not.toContain('join')
  })

  test.each([
    ['off', 'off', []],
    ['always', 'off', []],
    ['always', 'on', ['record-pause']],
    ['always', 'paused', ['record-resume']],
    ['on-demand', 'off', ['record-start']],
    ['on-demand', 'on', ['record-pause', 'record-stop']],
    ['on-demand', 'paused', ['record-resume', 'record-stop']],
  ] as const)('of a campaign that records %s, while it is %s', (mode, recording, expected) => {
    const shown = buttons({ ...talking, recording }, all, mode)
    expect(shown.filter((button) => button.startsWith('record'))).toEqual(expected)
  })
})
