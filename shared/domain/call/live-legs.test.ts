import { describe, expect, test } from 'vitest'
import type { CallId, LegId } from '../../std/ids.ts'
import type { CtiEvent } from './legs.ts'
import { isOwnWork } from './legs.ts'
import type { LiveLegs } from './live-legs.ts'
import { follow } from './live-legs.ts'

const leg = 'attempt-1' as LegId
const call = 'attempt-1' as CallId
const consult = { leg: 'c' as LegId, to: { kind: 'number', number: '201' }, state: 'up' } as const
const after = (...events: CtiEvent[]) => [...events.reduce<LiveLegs>(follow, new Map()).values()]
const dialed: CtiEvent = { type: 'leg-dialed', leg, call, from: '+39081', to: '+39331', at: 1 }
const answered: CtiEvent = { type: 'leg-answered', leg, at: 3 }

describe('the legs that are up', () => {
  test('begin with what was dialled, offered, or rings because we dialled it', () => {
    expect(after(dialed)).toMatchObject([{ leg, call, direction: 'out', peer: '+39331', state: 'ringing' }])
    const offered: CtiEvent = { ...dialed, type: 'leg-offered' }
    expect(after(offered)).toMatchObject([{ direction: 'in', peer: '+39081', to: '+39331' }])
    expect(after({ type: 'leg-ringing', leg, at: 2 })).toMatchObject([{ direction: 'out', startedAt: 2 }])
  })

  test('are as the last facts say, and gone when they ended', () => {
    const facts: CtiEvent[] = [
      dialed,
      answered,
      { type: 'leg-held', leg, at: 4 },
      { type: 'leg-muted', leg, at: 5 },
      { type: 'leg-consult', leg, consult: { ...consult, talkingTo: 'both' }, at: 6 },
      { type: 'leg-recording', leg, recording: 'paused', at: 7 },
    ]
    expect(after(...facts)).toMatchObject([
      {
        state: 'answered',
        answeredAt: 3,
        held: true,
        muted: true,
        consult: { talkingTo: 'both' },
        recording: 'paused',
      },
    ])
    expect(after(...facts, { type: 'leg-ended', leg, end: 'busy', at: 8 })).toEqual([])
  })

  test('are the same where a fact comes twice, and where it is of a leg that is gone or of none', () => {
    expect(after(dialed, answered, { ...answered, at: 9 }, { ...dialed, at: 9 })).toEqual(
      after(dialed, answered),
    )
    expect(after({ type: 'link-up', at: 1 }, answered)).toEqual([])
    const ended: CtiEvent = { type: 'leg-ended', leg, end: 'busy', at: 8 }
    expect(after(dialed, ended, answered, ended)).toEqual([])
  })

  test('are work of the operator where leg and call have one name', () => {
    expect(isOwnWork({ leg, call })).toBe(true)
    expect(isOwnWork({ leg: 'asked-1' as LegId, call })).toBe(false)
  })
})
