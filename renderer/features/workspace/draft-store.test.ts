import { describe, expect, it } from 'vitest'
import type { Draft } from '../../../shared/contract/call.ts'
import { createDraftStore, draftDelayMs } from './draft-store.ts'

const empty: Draft = { answers: {}, note: '', page: null, outcome: null, callbackText: '' }

function setUp(save: () => Promise<void> = async () => {}) {
  const sent: Draft[] = []
  const waiting = new Set<() => void>()
  const clock = {
    now: () => 0,
    after: (ms: number, task: () => void) => {
      expect(ms).toBe(draftDelayMs)
      waiting.add(task)
      return () => void waiting.delete(task)
    },
  }
  const store = createDraftStore({
    initial: { ...empty, note: 'kept' },
    clock,
    save: (draft) => {
      sent.push(draft)
      return save()
    },
  })
  const pass = () => {
    for (const task of [...waiting]) {
      waiting.delete(task)
      task()
    }
  }
  return { store, sent, pass }
}
const settled = () => new Promise((resolve) => setTimeout(resolve))

describe('the draft on the page', () => {
  it('begins with what the host has kept', () => {
    expect(setUp().store.getState().draft.note).toBe('kept')
  })

  it('sends what was typed once, at the end of the delay after the first key', () => {
    const { store, sent, pass } = setUp()
    store.change({ note: 'M' })
    store.change({ note: 'Ma' })
    expect(sent).toEqual([])
    pass()
    expect(sent).toEqual([{ ...empty, note: 'Ma' }])
    pass()
    expect(sent).toHaveLength(1)
  })

  it('sends what waits at once when the page is left, and nothing where nothing waits', () => {
    const { store, sent, pass } = setUp()
    store.flush()
    store.change({ page: 'offer' })
    store.flush()
    pass()
    expect(sent).toEqual([{ ...empty, note: 'kept', page: 'offer' }])
  })

  it('sends nothing after the wrap-up took the draft along', () => {
    const { store, sent, pass } = setUp()
    store.change({ note: 'typed' })
    store.drop()
    store.flush()
    pass()
    expect(sent).toEqual([])
  })

  it('forgets an answer that was emptied', () => {
    const { store } = setUp()
    store.answer('connection', 'adsl')
    store.answer('people', 4)
    store.answer('connection', null)
    expect(store.getState().draft.answers).toEqual({ people: 4 })
  })

  it('says so when the host does not take it, until it does', async () => {
    let refuse = true
    const { store, pass } = setUp(async () => {
      if (refuse) throw new Error('gone')
    })
    store.change({ note: 'a' })
    pass()
    await settled()
    expect(store.getState().hasTrouble).toBe(true)
    refuse = false
    store.change({ note: 'ab' })
    pass()
    await settled()
    expect(store.getState().hasTrouble).toBe(false)
  })
})
