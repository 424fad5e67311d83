import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { CallerId, CampaignId, UserId } from '../../shared/std/ids.ts'
import type { FreeOperator, QueuedCaller } from './queue.ts'
import { inOrder, nextSpared, sendAway, whomToRing } from './queue.ts'

const now = 100_000
const fibre = 'fibre' as CampaignId
const renewals = 'renewals' as CampaignId
const anna = 'anna' as UserId
const luca = 'luca' as UserId

const waits = (name: string, change: Partial<QueuedCaller> = {}): QueuedCaller => ({
  caller: name as CallerId,
  campaign: fibre,
  priority: 5,
  since: 50_000,
  ringing: null,
  spared: new Map(),
  ...change,
})
const free = (user: UserId, since: number, change: Partial<FreeOperator> = {}): FreeOperator => ({
  user,
  campaigns: [fibre],
  since,
  doing: 'waits',
  ...change,
})

const cases: {
  title: string
  callers: QueuedCaller[]
  operators: FreeOperator[]
  rings: [caller: string, user: UserId][]
}[] = [
  { title: 'nobody waits', callers: [], operators: [free(anna, 1)], rings: [] },
  { title: 'nobody is free', callers: [waits('ciro')], operators: [], rings: [] },
  {
    title: 'the longest idle is rung',
    callers: [waits('ciro')],
    operators: [free(luca, 2), free(anna, 1)],
    rings: [['ciro', anna]],
  },
  {
    title: 'who came first is served first',
    callers: [waits('ugo', { since: 2 }), waits('ciro', { since: 1 })],
    operators: [free(anna, 1)],
    rings: [['ciro', anna]],
  },
  {
    title: 'the campaign of higher priority comes first, whoever came when',
    callers: [waits('ciro', { since: 1 }), waits('ugo', { since: 2, campaign: renewals, priority: 9 })],
    operators: [free(anna, 1, { campaigns: [fibre, renewals] })],
    rings: [['ugo', anna]],
  },
  {
    title: 'two callers ring at two operators',
    callers: [waits('ciro', { since: 1 }), waits('ugo', { since: 2 })],
    operators: [free(luca, 2), free(anna, 1)],
    rings: [
      ['ciro', anna],
      ['ugo', luca],
    ],
  },
  {
    title: 'who is not enabled for the campaign is not rung',
    callers: [waits('ciro')],
    operators: [free(anna, 1, { campaigns: [renewals] })],
    rings: [],
  },
  {
    title: 'who only reads is rung where nobody is idle',
    callers: [waits('ciro')],
    operators: [free(anna, 1, { doing: 'reads' })],
    rings: [['ciro', anna]],
  },
  {
    title: 'who reads goes on reading while somebody is idle, however short',
    callers: [waits('ciro')],
    operators: [free(anna, 1, { doing: 'reads' }), free(luca, 90_000)],
    rings: [['ciro', luca]],
  },
  {
    title: 'a caller who rings already rings nowhere else, and holds their operator',
    callers: [waits('ciro', { ringing: anna }), waits('ugo')],
    operators: [free(anna, 1)],
    rings: [],
  },
  {
    title: 'who declined is spared for a while',
    callers: [waits('ciro', { spared: new Map([[anna, now + 1]]) })],
    operators: [free(anna, 1)],
    rings: [],
  },
  {
    title: 'and may be rung again afterwards',
    callers: [waits('ciro', { spared: new Map([[anna, now]]) })],
    operators: [free(anna, 1)],
    rings: [['ciro', anna]],
  },
]

describe('whom to ring', () => {
  test.each(cases)('$title', ({ callers, operators, rings }) => {
    expect(whomToRing(callers, operators, now).map(({ caller, user }) => [caller, user])).toEqual(rings)
  })

  const campaign = fc.constantFrom(fibre, renewals)
  const users = ['anna', 'luca', 'ugo', 'rita'] as UserId[]
  const anyCaller = fc
    .record({
      campaign,
      priority: fc.integer({ min: 1, max: 3 }),
      since: fc.nat(9),
      ringing: fc.option(fc.constantFrom(...users)),
      spared: fc.uniqueArray(fc.constantFrom(...users)),
    })
    .map(({ spared, ...rest }) => ({ ...rest, spared: new Map(spared.map((user) => [user, now + 1])) }))
  const anyCallers = fc
    .array(anyCaller, { maxLength: 6 })
    .map((list) => list.map((each, index) => ({ ...each, caller: `caller-${index}` as CallerId })))
  const anyFree = fc.uniqueArray(
    fc.record({
      user: fc.constantFrom(...users),
      campaigns: fc.uniqueArray(campaign),
      since: fc.nat(9),
      doing: fc.constantFrom('waits' as const, 'reads' as const),
    }),
    { selector: ({ user }) => user },
  )

  it('never rings an operator for two callers, nor one who may not take the call', () => {
    fc.assert(
      fc.property(anyCallers, anyFree, (callers, operators) => {
        const rings = whomToRing(callers, operators, now)
        const busy = callers.flatMap(({ ringing }) => (ringing === null ? [] : [ringing]))
        const rung = rings.map(({ user }) => user)
        expect(new Set(rung).size).toBe(rung.length)
        expect(rung.filter((user) => busy.includes(user))).toEqual([])
        for (const { caller, user } of rings) {
          const who = callers.find((each) => each.caller === caller)
          const operator = operators.find((each) => each.user === user)
          expect(who?.ringing).toBeNull()
          expect(who?.spared.has(user)).toBe(false)
          expect(operator?.campaigns).toContain(who?.campaign)
        }
      }),
    )
  })

  it('never leaves a caller waiting whom somebody left over could take', () => {
    fc.assert(
      fc.property(anyCallers, anyFree, (callers, operators) => {
        const rings = whomToRing(callers, operators, now)
        const busy = new Set<UserId | null>([
          ...callers.map(({ ringing }) => ringing),
          ...rings.map(({ user }) => user),
        ])
        const left = operators.filter(({ user }) => !busy.has(user))
        const waiting = callers.filter(
          ({ caller, ringing }) => ringing === null && !rings.some((ring) => ring.caller === caller),
        )
        for (const caller of waiting) {
          const could = left.filter(
            ({ user, campaigns }) => campaigns.includes(caller.campaign) && !caller.spared.has(user),
          )
          expect(could).toEqual([])
        }
      }),
    )
  })

  it('never serves a caller before an earlier one of the same campaign', () => {
    fc.assert(
      fc.property(anyCallers, anyFree, (all, operators) => {
        const callers = all.map((each) => ({ ...each, spared: new Map<UserId, number>() }))
        const rung = new Set(whomToRing(callers, operators, now).map(({ caller }) => caller))
        for (const each of [fibre, renewals]) {
          const queue = inOrder(callers.filter((one) => one.campaign === each && one.ringing === null))
          const served = queue.map(({ caller }) => rung.has(caller))
          expect(served).toEqual(served.toSorted((left, right) => Number(right) - Number(left)))
        }
      }),
    )
  })
})

test('it is worth looking again when the first of those who were spared may be rung', () => {
  const spared = new Map([
    [anna, now + 20],
    [luca, now + 10],
  ])
  expect(nextSpared([waits('ciro', { spared })], now)).toBe(now + 10)
  expect(nextSpared([waits('ciro', { spared: new Map([[anna, now]]) })], now)).toBeNull()
})

describe('a caller', () => {
  const fine = { isOpen: true, isStaffed: true, waitedMs: 0, longestWaitMs: 600_000 }
  test.each([
    ['stays while the campaign is open and somebody is there', {}, null],
    ['is sent away outside of the hours', { isOpen: false }, 'outside-hours'],
    ['who was let in is served after closing time', { isOpen: null }, null],
    ['is sent away where nobody is signed in', { isStaffed: false }, 'nobody-there'],
    ['is sent away after the longest wait', { isOpen: null, waitedMs: 600_000 }, 'waited-too-long'],
    ['hears of the hours first', { isOpen: false, isStaffed: false }, 'outside-hours'],
  ] as const)('%s', (_title, change, expected) => {
    expect(sendAway({ ...fine, ...change })).toBe(expected)
  })
})
