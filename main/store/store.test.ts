import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { anOffer } from '../../tests/builders/offer.ts'
import type { Draft } from '../../shared/contract/call.ts'
import type { WrapUp } from '../../shared/crm-api/work.ts'
import type { Call } from '../../shared/domain/call/call.ts'
import type { CallId, LegId, OutcomeCode, UserId } from '../../shared/std/ids.ts'
import type { Store } from './open.ts'
import { openStore } from './open.ts'
import { storeProblemOf } from './problem.ts'

const anna = 'user-anna' as UserId
const offer = anOffer('Ciro')
const { attempt } = offer
const draft: Draft = { answers: { a: [1, 'è'] }, note: 'nota', page: null, outcome: null, callbackText: '' }
const call: Call = {
  id: 'c' as CallId,
  leg: 'l' as LegId,
  direction: 'out',
  peer: '+390815520008',
  phase: { name: 'wrap-up', since: 5 },
  startedAt: 1,
  answeredAt: 2,
  endedAt: 5,
  end: 'hung-up-by-us',
  switchCause: '16',
  asked: null,
  caption: 'Pronto?',
  consult: null,
  recording: 'off',
}
const body: WrapUp = {
  outcome: 'sold' as OutcomeCode,
  answers: draft.answers,
  note: draft.note,
  callbackAt: null,
  call: {
    phone: call.peer,
    startedAt: 1,
    answeredAt: 2,
    endedAt: 5,
    end: 'hung-up-by-us',
    switchCause: '16',
  },
  savedAt: 10,
}
const entry = (key: string, kind: 'wrap-up' | 'undo' = 'wrap-up', created = 10) => ({
  key,
  attempt,
  user: anna,
  created,
  shown: { contact: 'Ciro', outcome: { it: 'Venduto', en: 'Sold' } },
  ...(kind === 'wrap-up' ? { kind, body } : { kind, body: null }),
})

describe('the local store', () => {
  let folder: string
  let file: string
  let store: Store

  const reopened = (now = 20) => {
    store.close()
    store = openStore(file, now)
    return store
  }
  const openCall = () => store.calls.open({ attempt, user: anna, offer, call, draft, updated: 5 })
  const wrapUp = (key: string) =>
    store.calls.wrapUp({
      call: { ...call, phase: { name: 'closed', at: 10, outcome: 'sold' } },
      draft,
      at: 10,
      outbox: { ...entry(key), kind: 'wrap-up', body },
    })
  const ask = (key: string) => store.calls.askUndo({ ...entry(key), kind: 'undo', body: 'asked' })
  const undo = (key: string) =>
    store.calls.reopen({ call, at: 11, outbox: { ...entry(key), kind: 'undo', body: null } })

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cuffia-store-'))
    file = join(folder, 'deep', 'desktop.sqlite')
    store = openStore(file, 0)
  })
  afterEach(() => {
    store.close()
    rmSync(folder, { recursive: true })
  })

  test('its files are for their owner alone', () => {
    openCall()
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(`${file}-wal`).mode & 0o777).toBe(0o600)
  })

  test('what was on the desk comes back after a restart as it was', () => {
    openCall()
    reopened()
    expect(store.calls.openCall(anna)).toEqual({
      attempt,
      user: anna,
      offer,
      call,
      draft,
      updated: 5,
      closed: false,
    })
    expect(store.calls.openCall('user-bruno' as UserId)).toBeUndefined()
  })

  test('a wrap-up closes the call and waits in the outbox', () => {
    openCall()
    wrapUp('key-1')
    reopened()
    expect(store.calls.openCall(anna)).toBeUndefined()
    expect(store.calls.delivery(attempt)).toBe('waiting')
    expect(store.calls.savedAs('key-1')).toEqual({ attempt, savedAt: 10 })
    expect(store.outbox.waiting(anna)).toEqual([
      { key: 'key-1', attempt, kind: 'wrap-up', body, tries: 0, nextTry: 0 },
    ])
  })

  test('a wrap-up that cannot be written whole is not written at all', () => {
    openCall()
    wrapUp('key-1')
    undo('undo-1')
    expect(() => wrapUp('key-1')).toThrow('UNIQUE')
    expect(store.calls.openCall(anna)?.call?.phase.name).toBe('wrap-up')
    expect(store.outbox.waiting(anna)).toHaveLength(2)
  })

  test('an undo opens the call again and waits behind its wrap-up', () => {
    openCall()
    wrapUp('key-1')
    undo('undo-1')
    expect(store.calls.openCall(anna)?.attempt).toBe(attempt)
    expect(store.outbox.waiting(anna).map(({ key }) => key)).toEqual(['key-1', 'undo-1'])
    expect(store.calls.delivery(attempt)).toBe('none')
  })

  test('a refused wrap-up is shown until it is put aside, and stays in the file', () => {
    openCall()
    wrapUp('key-1')
    store.outbox.refused('key-1', 'answers-invalid', 15)
    expect(store.calls.delivery(attempt)).toBe('refused')
    expect(store.outbox.problems(anna)).toMatchObject([{ key: 'key-1', code: 'answers-invalid', at: 15 }])
    expect(store.outbox.waiting(anna)).toEqual([])
    expect(store.outbox.setAside('key-1', 'user-bruno' as UserId)).toBe(false)
    expect(store.outbox.setAside('key-1', anna)).toBe(true)
    expect(store.outbox.problems(anna)).toEqual([])
    reopened(1e15)
    expect(store.calls.savedAs('key-1')).toBeDefined()
  })

  test('the undo of a refused wrap-up has nothing to undo and is dropped with it, unseen', () => {
    openCall()
    wrapUp('key-1')
    undo('undo-1')
    wrapUp('key-2')
    store.outbox.refused('key-1', 'answers-invalid', 15)
    expect(store.outbox.waiting(anna).map(({ key }) => key)).toEqual(['key-2'])
    expect(store.outbox.problems(anna)).toEqual([])
  })

  test('an undo that is only asked changes nothing until the server did it, and is refused unseen', () => {
    openCall()
    wrapUp('key-1')
    store.outbox.delivered('key-1', 12)
    ask('undo-1')
    expect(store.calls.openCall(anna)).toBeUndefined()
    expect(store.calls.delivery(attempt)).toBe('delivered')
    store.outbox.refused('undo-1', 'not-in-this-state', 15)
    expect(store.calls.delivery(attempt)).toBe('delivered')
    expect(store.outbox.problems(anna)).toEqual([])
    ask('undo-2')
    store.outbox.delivered('undo-2', 16)
    expect(store.calls.delivery(attempt)).toBe('none')
  })

  test('a wrap-up that is refused while it is asked about stays a problem', () => {
    openCall()
    wrapUp('key-1')
    ask('undo-1')
    store.outbox.refused('key-1', 'answers-invalid', 15)
    expect(store.outbox.problems(anna)).toMatchObject([{ key: 'key-1' }])
    expect(store.calls.delivery(attempt)).toBe('refused')
    expect(store.outbox.waiting(anna).map(({ key }) => key)).toEqual(['undo-1'])
  })

  test('a new wrap-up takes the place of one that was refused', () => {
    openCall()
    wrapUp('key-1')
    store.outbox.refused('key-1', 'answers-invalid', 15)
    openCall()
    wrapUp('key-2')
    expect(store.outbox.problems(anna)).toEqual([])
    expect(store.outbox.waiting(anna).map(({ key }) => key)).toEqual(['key-2'])
  })

  test('delivered work and its call are forgotten after a day, what waits is not', () => {
    openCall()
    wrapUp('key-1')
    reopened(1e12)
    expect(store.calls.find(attempt)).toBeDefined()
    store.outbox.delivered('key-1', 1e12)
    reopened(1e12 + 3_600_000)
    expect(store.calls.find(attempt)).toBeDefined()
    reopened(1e12 + 48 * 3_600_000)
    expect(store.calls.find(attempt)).toBeUndefined()
    expect(store.calls.savedAs('key-1')).toBeUndefined()
  })

  test('a new offer closes previews that never became a call, not calls', () => {
    openCall()
    const other = anOffer('Nunzia')
    const preview = { user: anna, offer: other, call: null, draft, updated: 6 }
    store.calls.open({ ...preview, attempt: other.attempt })
    const third = anOffer('Gennaro')
    store.calls.open({ ...preview, offer: third, attempt: third.attempt })
    expect(store.calls.find(other.attempt)?.closed).toBe(true)
    expect(store.calls.find(attempt)?.closed).toBe(false)
  })

  test('counts tell whose work waits', () => {
    openCall()
    wrapUp('key-1')
    expect([...store.outbox.counts()]).toEqual([[anna, 1]])
  })

  describe('where the file is not as it should be', () => {
    const problemOf = (path: string) => {
      try {
        openStore(path, 0).close()
        return undefined
      } catch (error) {
        return storeProblemOf(error)
      }
    }

    test('a file that is no database is corrupt, and is left as it is', () => {
      const other = join(folder, 'other.sqlite')
      writeFileSync(
        other,
        'this is not a database, it only has the right name, and it is long enough to be read',
      )
      expect(problemOf(other)).toBe('corrupt')
      expect(statSync(other).size).toBe(84)
    })

    test('a database damaged in the middle is corrupt', () => {
      for (let index = 0; index < 200; index++) store.settings.write(`name-${index}`, 'x'.repeat(500))
      store.close()
      const bytes = Buffer.alloc(statSync(file).size - 4_096, 0xff)
      const damaged = join(folder, 'damaged.sqlite')
      const whole = new Database(file)
      whole.pragma('journal_mode = DELETE')
      const copy = whole.serialize()
      whole.close()
      bytes.copy(copy, 4_096)
      writeFileSync(damaged, copy)
      expect(problemOf(damaged)).toBe('corrupt')
      store = openStore(file, 0)
    })

    test('a place that cannot be written is unwritable', () => {
      const inTheWay = join(folder, 'file')
      writeFileSync(inTheWay, '')
      expect(problemOf(folder)).toBe('unwritable')
      expect(problemOf(join(inTheWay, 'desktop.sqlite'))).toBe('unwritable')
    })

    test('a file that another client has open is in use', () => {
      expect(problemOf(file)).toBe('in-use')
    })

    test('a file of a newer program is left alone', () => {
      const newer = join(folder, 'newer.sqlite')
      const database = new Database(newer)
      database.pragma('user_version = 999')
      database.close()
      expect(problemOf(newer)).toBe('newer')
    })
  })
})
