import { describe, expect, test } from 'vitest'
import type { LegEnd } from '../../shared/domain/call/legs.ts'
import type { EndClass, EndFacts } from './causes.ts'
import { endOf } from './causes.ts'

const out: EndFacts = { direction: 'out', wasUp: false, asked: null, cause: null, techCause: null }

describe('why a channel ended', () => {
  // What Asterisk 22.10.1 said of each behaviour of a carrier.
  test.each<[string, number, number | null, LegEnd, EndClass]>([
    ['486 busy', 17, 486, 'busy', 'busy'],
    ['600 busy everywhere', 17, 600, 'busy', 'busy'],
    ['480 unavailable', 19, 480, 'unreachable', 'unreachable'],
    ['404 unallocated', 1, 404, 'invalid-number', 'invalid-number'],
    ['485 ambiguous', 1, 485, 'invalid-number', 'invalid-number'],
    ['604 does not exist anywhere', 1, 604, 'invalid-number', 'invalid-number'],
    ['410 gone', 22, 410, 'invalid-number', 'changed'],
    ['484 address incomplete', 28, 484, 'invalid-number', 'invalid-format'],
    ['603 declined', 21, 603, 'rejected', 'rejected'],
    ['403 forbidden: our account or caller id', 21, 403, 'congestion', 'trunk-error'],
    ['401 not authorised', 21, 401, 'congestion', 'trunk-error'],
    ['407 proxy wants credentials', 21, 407, 'congestion', 'trunk-error'],
    ['488 no common codec', 58, 488, 'congestion', 'trunk-error'],
    ['606 not acceptable', 58, 606, 'congestion', 'trunk-error'],
    ['408 no answer of the gateway', 18, 408, 'congestion', 'no-response'],
    ['503 too many calls', 34, 503, 'congestion', 'congestion'],
    ['500 server error', 38, 500, 'congestion', 'congestion'],
    ['502 bad gateway', 27, 502, 'congestion', 'congestion'],
    ['504 gateway time-out', 102, 504, 'congestion', 'congestion'],
    ['505, one of the other 5xx', 34, 505, 'congestion', 'congestion'],
    ['302 moved, which we do not follow', 23, 302, 'unreachable', 'unreachable'],
    ['487 terminated', 127, 487, 'cancelled', 'cancelled'],
    ['a switch before 22.7, busy', 17, null, 'busy', 'busy'],
    ['a switch before 22.7, no answer', 19, null, 'no-answer', 'no-answer'],
    ['a phone that is not registered', 20, null, 'unreachable', 'unreachable'],
    ['nothing said at all', 0, null, 'congestion', 'congestion'],
    ['a status nobody has heard of', 0, 499, 'congestion', 'congestion'],
  ])('%s', (_, cause, techCause, end, kind) => {
    expect(endOf({ ...out, cause, techCause })).toEqual({ end, class: kind })
  })

  test('the SIP status counts more than the number made of it', () => {
    expect(endOf({ ...out, cause: 34, techCause: 486 }).end).toBe('busy')
  })

  test.each([
    [19, 480],
    [0, null],
    [16, null],
  ])('our own time-out is a no-answer, whatever the switch says (%s, %s)', (cause, techCause) => {
    const end = endOf({ ...out, asked: 'time-out', cause, techCause })
    expect(end).toEqual({ end: 'no-answer', class: 'no-answer' })
  })

  test('a call that we cancel is cancelled', () => {
    expect(endOf({ ...out, asked: 'hang-up', cause: 16 }).end).toBe('cancelled')
  })

  test('a cancel that loses against the answer was an answered call', () => {
    const up = { ...out, wasUp: true, cause: 16 } as const
    expect(endOf({ ...up, asked: 'hang-up' })).toEqual({ end: 'hung-up-by-us', class: 'answered' })
    expect(endOf({ ...up, asked: 'time-out' })).toEqual({ end: 'hung-up-by-us', class: 'answered' })
    expect(endOf(up)).toEqual({ end: 'hung-up-by-them', class: 'answered' })
  })

  test('a caller who gives up was cancelled, one whom we turn away rejected', () => {
    const incoming = { ...out, direction: 'in', cause: 16 } as const
    expect(endOf(incoming).end).toBe('cancelled')
    expect(endOf({ ...incoming, asked: 'hang-up' }).end).toBe('rejected')
  })
})
