import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Draft } from '../../../shared/contract/call.ts'
import type { Clock } from '../../../shared/std/clock.ts'

/** Short enough that what a crash can take is less than a word or two. */
export const draftDelayMs = 250

export interface DraftState {
  draft: Draft
  /** The host does not take what is typed. */
  hasTrouble: boolean
}

export interface DraftStore extends StoreApi<DraftState> {
  change(part: Partial<Draft>): void
  answer(question: string, value: unknown): void
  /** Sends what waits now instead of at the end of the delay. */
  flush(): void
  /** The wrap-up carries the draft itself: what waits need not be sent any more. */
  drop(): void
}

/** What the operator types for one attempt. It begins with what the host has kept, and from then on the page leads. */
export function createDraftStore(ports: {
  initial: Draft
  save: (draft: Draft) => Promise<void>
  clock: Clock
}): DraftStore {
  const store = createStore<DraftState>(() => ({ draft: ports.initial, hasTrouble: false }))
  let stopWaiting: (() => void) | undefined

  const drop = () => {
    stopWaiting?.()
    stopWaiting = undefined
  }
  const send = () => {
    drop()
    ports.save(store.getState().draft).then(
      () => store.setState({ hasTrouble: false }),
      () => store.setState({ hasTrouble: true }),
    )
  }
  const change = (part: Partial<Draft>) => {
    store.setState((state) => ({ draft: { ...state.draft, ...part } }))
    stopWaiting ??= ports.clock.after(draftDelayMs, send)
  }
  return {
    ...store,
    change,
    answer(question, value) {
      const { [question]: _old, ...others } = store.getState().draft.answers
      const isEmpty = value === null || value === undefined || value === ''
      change({ answers: isEmpty ? others : { ...others, [question]: value } })
    },
    flush() {
      if (stopWaiting) send()
    },
    drop,
  }
}
