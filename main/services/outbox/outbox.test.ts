import { describe, expect, test } from 'vitest'
import { handClock } from '../../../tests/fakes/clock.ts'
import { aUser } from '../../../tests/builders/offer.ts'
import { AppError } from '../../../shared/std/errors.ts'
import type { ErrorCode } from '../../../shared/std/errors.ts'
import { cell } from '../../../shared/std/event.ts'
import type { AttemptId } from '../../../shared/std/ids.ts'
import { silentLog } from '../../../shared/std/log.ts'
import type { SignedInUser } from '../session/ports.ts'
import { outboxService } from './outbox.ts'
import type { OutboxRow, OutboxStore } from './ports.ts'
import { verdictOf } from './verdict.ts'

const undo = (attempt: string): OutboxRow => ({
  key: `key-${attempt}`,
  attempt: attempt.split('/')[0] as AttemptId,
  kind: 'undo',
  tries: 0,
  nextTry: 0,
})

/** A store of rows in memory, and a server that answers each attempt as told. */
function desk(attempts: string[], answers: Record<string, ErrorCode | 'bug' | undefined>) {
  const clock = handClock(0)
  let rows = attempts.map(undo)
  const refused: string[] = []
  const heard: string[] = []
  const store: OutboxStore = {
    waiting: () => rows,
    counts: () => new Map([[aUser('anna').id, rows.length]]),
    problems: () => [],
    delivered: (key) => {
      rows = rows.filter((row) => row.key !== key)
    },
    failed: (key, nextTry) => {
      rows = rows.map((row) => (row.key === key ? { ...row, nextTry, tries: row.tries + 1 } : row))
    },
    refused: (key) => {
      refused.push(key)
      rows = rows.filter((row) => row.key !== key)
    },
    setAside: () => false,
    hurry: () => {
      rows = rows.map((row) => Object.assign(row, { nextTry: 0 }))
    },
  }
  const link = cell<'up' | 'down'>('up')
  const outbox = outboxService({
    store,
    work: {
      wrapUp: async () => ({}),
      undo: async ({ params }) => {
        heard.push(params.id)
        const answer = answers[params.id]
        if (answer === 'bug') throw new Error('bug')
        if (answer !== undefined) throw new AppError(answer, 'no')
        return {}
      },
    },
    signedIn: cell<SignedInUser | null>(aUser('anna')),
    link,
    language: () => 'it',
    clock,
    random: () => 1,
    log: silentLog,
  })
  const settle = async (ms = 0) => {
    clock.pass(ms)
    for (let turn = 0; turn < 50; turn++) await Promise.resolve()
  }
  return { outbox, clock, link, heard, refused, answers, settle, left: () => rows.map(({ key }) => key) }
}

describe('the outbox', () => {
  test('delivers in order', async () => {
    const { outbox, heard, settle, left } = desk(['a', 'b', 'c'], {})
    outbox.kick()
    await settle()
    expect(heard).toEqual(['a', 'b', 'c'])
    expect(left()).toEqual([])
  })

  test('while the server is away everything waits, longer each time, and goes at once when it is back', async () => {
    const { outbox, heard, settle, answers, link } = desk(['a', 'b'], { a: 'server-unreachable' })
    outbox.kick()
    await settle()
    await settle(199)
    expect(heard).toEqual(['a'])
    await settle(1)
    expect(heard).toEqual(['a', 'a'])
    await settle(399)
    expect(heard).toHaveLength(2)
    await settle(1)
    expect(heard).toHaveLength(3)
    link.set('down')
    await settle(60_000)
    expect(heard).toHaveLength(3)
    answers['a'] = undefined
    link.set('up')
    await settle()
    expect(heard).toEqual(['a', 'a', 'a', 'a', 'b'])
  })

  test('what is refused for good does not hold up the rest', async () => {
    const { outbox, heard, refused, settle } = desk(['a', 'b'], { a: 'answers-invalid' })
    outbox.kick()
    await settle()
    expect(heard).toEqual(['a', 'b'])
    expect(refused).toEqual(['key-a'])
  })

  test('a fault of the server holds up its own attempt only', async () => {
    const { outbox, heard, settle, left } = desk(['a', 'a/2', 'b'], { a: 'internal' })
    outbox.kick()
    await settle()
    expect(heard).toEqual(['a', 'b'])
    expect(left()).toEqual(['key-a', 'key-a/2'])
  })

  test('an error nobody expected is tried again, never dropped', async () => {
    const { outbox, settle, left } = desk(['a'], { a: 'bug' })
    outbox.kick()
    await settle(60_000)
    expect(left()).toEqual(['key-a'])
  })

  test('tells when the server has heard of everything that was taken back, and hurries to it', async () => {
    const { outbox, heard, settle, answers } = desk(['a'], { a: 'internal' })
    outbox.kick()
    await settle()
    answers['a'] = undefined
    await outbox.undosHeard(new AbortController().signal)
    expect(heard).toEqual(['a', 'a'])
  })

  test('that hits a fault of the server again and again holds up nothing else, and is tried on', async () => {
    const { outbox, heard, settle, answers, left } = desk(['a', 'b'], { a: 'internal' })
    outbox.kick()
    await settle()
    const told = outbox.undosHeard(new AbortController().signal)
    await settle()
    await settle(400)
    await settle(800)
    expect(outbox.undosWait()).toBe(true)
    await settle(1_600)
    expect(outbox.undosWait()).toBe(false)
    expect(await told).toBe(false)
    expect(outbox.view.current().waiting).toBe(1)
    answers['a'] = undefined
    await settle(30_000)
    expect(heard.filter((attempt) => attempt === 'a')).toHaveLength(6)
    expect(left()).toEqual([])
    expect(await outbox.undosHeard(new AbortController().signal)).toBe(true)
  })

  test('that waits behind what the server fails at holds up nothing else either', async () => {
    const { outbox, settle } = desk(['a', 'a/2'], { a: 'internal' })
    outbox.kick()
    await settle()
    for (const wait of [200, 400, 800, 1_600]) await settle(wait)
    expect(outbox.undosWait()).toBe(false)
  })

  test('that waits for the server to come back is waited for, however often it was tried', async () => {
    const { outbox, settle } = desk(['a'], { a: 'server-unreachable' })
    outbox.kick()
    for (const wait of [0, 200, 400, 800, 1_600, 3_200, 6_400]) await settle(wait)
    expect(outbox.undosWait()).toBe(true)
  })

  test('waits for that no longer than it is told to', async () => {
    const { outbox } = desk(['a'], { a: 'server-unreachable' })
    const giveUp = new AbortController()
    const heard = outbox.undosHeard(giveUp.signal)
    giveUp.abort()
    await expect(heard).rejects.toMatchObject({ code: 'deadline-passed' })
  })

  test('is still when nothing waits', async () => {
    const { outbox, clock, settle } = desk([], {})
    outbox.kick()
    await settle()
    expect(clock.pending()).toBe(0)
  })
})

test.each([
  ['answers-invalid', 'refused'],
  ['not-in-this-state', 'refused'],
  ['signed-out', 'away'],
  ['password-change-required', 'away'],
  ['too-many-requests', 'away'],
  ['server-unreachable', 'away'],
  ['deadline-passed', 'away'],
  ['internal', 'ours'],
] as const)('the refusal %s means %s', (code, verdict) => {
  expect(verdictOf(new AppError(code, ''))).toBe(verdict)
})
