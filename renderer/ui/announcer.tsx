import { createContext, use, useCallback, useRef, type ReactNode } from 'react'

type Announce = (text: string, urgency?: 'polite' | 'assertive') => void

const AnnounceContext = createContext<Announce | null>(null)

/** Two live regions for the whole page: news is read aloud and the focus stays where it is. */
export function AnnouncerProvider({ children }: { children: ReactNode }) {
  const polite = useRef<HTMLDivElement>(null)
  const assertive = useRef<HTMLDivElement>(null)
  const announce = useCallback<Announce>((text, urgency = 'polite') => {
    const region = (urgency === 'polite' ? polite : assertive).current
    // a new element each time: the same text twice must be read twice
    const line = document.createElement('p')
    line.textContent = text
    region?.replaceChildren(line)
  }, [])
  return (
    <AnnounceContext value={announce}>
      {children}
      <div ref={polite} aria-live="polite" role="log" aria-relevant="additions" className="sr-only" />
      <div ref={assertive} aria-live="assertive" role="alert" className="sr-only" />
    </AnnounceContext>
  )
}

export function useAnnounce(): Announce {
  const announce = use(AnnounceContext)
  if (!announce) throw new Error('AnnouncerProvider is missing above this component')
  return announce
}
