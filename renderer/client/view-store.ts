import type { Client, Contract, ViewPath, Watch } from '../../shared/rpc/contract.ts'
import type { AppError } from '../../shared/std/errors.ts'
import type { Unsubscribe } from '../../shared/std/event.ts'
import { emitter } from '../../shared/std/event.ts'
import { keepSame } from './keep-same.ts'

/** `value` is missing until the first one came; it stays, however old, while the connection is down. */
export interface ViewState {
  readonly value?: unknown
  readonly error?: AppError
}

export interface SharedView {
  current(): ViewState
  subscribe(on: () => void): Unsubscribe
}

const nothing: ViewState = {}

/** However many components look at a view, the host is asked once; when the last one leaves, it is told. */
export function viewStore<C extends Contract>(client: Client<C>): (path: ViewPath<C>) => SharedView {
  const views = new Map<string, SharedView>()
  return (path) => {
    const known = views.get(path)
    if (known) return known
    const [service, name] = path.split('.') as [string, string]
    const made = sharedView((client as Record<string, Record<string, Watch<unknown>>>)[service]![name]!)
    views.set(path, made)
    return made
  }
}

function sharedView(watch: Watch<unknown>): SharedView {
  const changes = emitter<void>()
  let state = nothing
  let lookers = 0
  let leave: Unsubscribe = () => {}
  const set = (next: ViewState) => {
    state = next
    changes.emit()
  }
  /** The host sends whole views; what is drawn again is only what changed in them. */
  const told = (value: unknown) => {
    const kept = keepSame(state.value, value)
    if (!('value' in state) || state.error || !Object.is(kept, state.value)) set({ value: kept })
  }
  return {
    current: () => state,
    subscribe: (on) => {
      const stop = changes.event(on)
      if (++lookers === 1) {
        leave = watch(told, (error) => set({ ...state, error }))
      }
      let looking = true
      return () => {
        if (!looking) return
        looking = false
        stop()
        if (--lookers > 0) return
        leave()
        state = nothing
      }
    },
  }
}
