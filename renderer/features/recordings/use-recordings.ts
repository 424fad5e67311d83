import { useCallback, useEffect, useRef, useState } from 'react'
import type { Recording } from '../../../shared/crm-api/recordings.ts'
import type { AppError } from '../../../shared/std/errors.ts'
import { asAppError, useCrmClient } from '../../client/crm.ts'

interface Loaded {
  items: readonly Recording[]
  next: string | null
  total: number
}

/** Recordings of whom is searched for, or of all, newest first, a page at a time. */
export function useRecordings(search: string) {
  const crm = useCrmClient()
  const [loaded, setLoaded] = useState<Loaded | null>(null)
  const [error, setError] = useState<AppError | null>(null)
  const question = useRef(0)
  const isAsking = useRef<string | null>(null)
  const read = useCallback(
    async (after: string | null) => {
      const mine = after === null ? ++question.current : question.current
      setError(null)
      try {
        const page = await crm.recordings.list({
          query: { limit: 100, ...(after !== null && { after }), ...(search !== '' && { search }) },
        })
        if (mine !== question.current) return
        isAsking.current = null
        setLoaded((before) => ({
          ...page,
          items: after === null ? page.items : [...(before?.items ?? []), ...page.items],
        }))
      } catch (caught) {
        if (mine === question.current) setError(asAppError(caught))
      }
    },
    [crm, search],
  )
  useEffect(() => void read(null), [read])
  const next = loaded?.next ?? null
  const more = useCallback(() => {
    if (next === null || isAsking.current === next) return
    isAsking.current = next
    void read(next)
  }, [next, read])
  return { loaded, error, more, reload: () => void read(null) }
}
