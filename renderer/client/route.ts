import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'

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

/** Goes there; `replace` leaves no step behind for the browser's Back. */
export function navigate(to: readonly string[], options: { replace?: boolean } = {}): void {
  const path = routePath(...to)
  if (path === window.location.hash) return
  if (options.replace === true) {
    history.replaceState(null, '', path)
    window.dispatchEvent(new HashChangeEvent('hashchange'))
  } else window.location.hash = path
}

const subscribe = (on: () => void) => {
  window.addEventListener('hashchange', on)
  return () => window.removeEventListener('hashchange', on)
}
const currentHash = () => window.location.hash

export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, currentHash)
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
  const here = useRef(window.location.hash)
  const isReleased = useRef(false)
  useEffect(() => {
    here.current = window.location.hash
    if (!isHeld) return
    const onHash = (event: HashChangeEvent) => {
      const to = window.location.hash
      if (isReleased.current || to === within || to.startsWith(`${within}/`)) {
        isReleased.current = false
        here.current = to
        return
      }
      // capturing, so that the page does not change before the answer
      event.stopImmediatePropagation()
      history.replaceState(null, '', here.current)
      setWanted(to)
    }
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('hashchange', onHash, true)
    window.addEventListener('beforeunload', onUnload)
    return () => {
      window.removeEventListener('hashchange', onHash, true)
      window.removeEventListener('beforeunload', onUnload)
    }
  }, [isHeld, within])
  return {
    wanted,
    stay: () => setWanted(null),
    leave: () => {
      if (wanted === null) return
      isReleased.current = true
      setWanted(null)
      window.location.hash = wanted
    },
  }
}
