export type Unsubscribe = () => void
/** Subscribing returns the function that unsubscribes. */
export type Event<T> = (listener: (value: T) => void) => Unsubscribe

export interface Emitter<T> {
  readonly event: Event<T>
  emit(value: T): void
}

/** Calls listeners in the order they came, over a copy, so that one may leave while being called. */
export function emitter<T>(): Emitter<T> {
  const listeners = new Set<{ call: (value: T) => void }>()
  return {
    event: (listener) => {
      const entry = { call: listener }
      listeners.add(entry)
      return () => listeners.delete(entry)
    },
    emit: (value) => {
      for (const entry of [...listeners]) if (listeners.has(entry)) entry.call(value)
    },
  }
}

/** A value someone may look at now and be told of whenever it changes. */
export interface Watchable<T> {
  current(): T
  changed: Event<T>
}

export interface Cell<T> extends Watchable<T> {
  set(value: T): void
}

export function cell<T>(initial: T): Cell<T> {
  let value = initial
  const changes = emitter<T>()
  return {
    current: () => value,
    changed: changes.event,
    set: (next) => {
      if (Object.is(next, value)) return
      value = next
      changes.emit(next)
    },
  }
}
