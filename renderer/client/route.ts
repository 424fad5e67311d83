import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { cell } from '../../shared/std/event.ts'

/** Where the page is: `#/campaigns/k1/hours` is page `campaigns` with `rest` `['k1', 'hours']`. */
export interface Route {
  page: string
  rest: readonly string[]
}

export function parseRoute(hash: string): Route {
  const [page = '', ...rest] = hash
    .replace(/^#?\/?/, '')
    .split('/')
    .map(decode)
  return { page, rest }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

export const routePath = (...parts: readonly string[]): string =>
  `#/${parts.map(encodeURIComponent).join('/')}`

/** Goes there; `replace` is the page's own step: nobody is asked, and none is left behind for the browser's Back. */
export function navigate(to: readonly string[], options: { replace?: boolean } = {}): void {
  const path = routePath(...to)
  if (options.replace === true) {
    history.replaceState(null, '', path)
    shown.set(path)
  } else window.location.hash = path
}

/** The address that the page shows; behind the browser's own while somebody is asked whether to leave. */
const shown = cell(window.location.hash)
let guard: ((to: string) => boolean) | null = null

const onHash = () => {
  const to = window.location.hash
  if (to === shown.current()) return
  if (guard?.(to) === false) history.replaceState(null, '', shown.current() || '#/')
  else shown.set(to)
}

const subscribe = (on: () => void) => {
  const leave = shown.changed(on)
  window.addEventListener('hashchange', onHash)
  return leave
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, shown.current)
  return useMemo(() => parseRoute(hash), [hash])
}

export interface LeaveGuard {
  /** Where somebody wants to go; null while nobody does. */
  wanted: string | null
  stay: () => void
  /** Goes there in spite of all. */
  leave: () => void
}

/** While `isHeld`, leaving the routes that start with `within` waits for an answer; the tab asks before it closes. */
export function useLeaveGuard(isHeld: boolean, within: string): LeaveGuard {
  const [wanted, setWanted] = useState<string | null>(null)
  useEffect(() => {
    if (!isHeld) return
    const mine = (to: string) => {
      if (to === within || to.startsWith(`${within}/`)) return true
      setWanted(to)
      return false
    }
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault()
    guard = mine
    window.addEventListener('beforeunload', onUnload)
    return () => {
      if (guard === mine) guard = null
      window.removeEventListener('beforeunload', onUnload)
    }
  }, [isHeld, within])
  return {
    wanted,
    stay: () => setWanted(null),
    leave: () => {
      if (wanted === null) return
      guard = null
      setWanted(null)
      window.location.hash = wanted
    },
  }
}
