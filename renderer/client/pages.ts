import { useCallback, useEffect, useRef, useState } from 'react'
import type { AppError } from '../../shared/std/errors.ts'
import { asAppError, useCrmClient, type PageCrm } from './crm.ts'

/** A page of a list of the CRM, as `page()` of its resources says it. */
interface Page<T> {
  items: readonly T[]
  next: string | null
  total: number
}

export interface Pages<T> {
  /** All that was read so far; while a new question is asked, what the one before found. Null before the first answer. */
  loaded: Page<T> | null
  error: AppError | null
  /** Reads the page after the last one, once; nothing where there is none. */
  more: () => void
  /** Begins again. */
  reload: () => void
  /** Asks once more for what failed. */
  retry: () => void
}

const limit = 100

/** A list that is read a page at a time while it is scrolled; begins again when `key` changes. */
export function usePages<T>(
  key: string,
  load: (crm: PageCrm, query: { limit: number; after?: string }) => Promise<Page<T>>,
): Pages<T> {
  const crm = useCrmClient()
  const [answer, setAnswer] = useState<{ question: number; page: Page<T> } | null>(null)
  const [error, setError] = useState<AppError | null>(null)
  const question = useRef(0)
  const asked = useRef<string | null>(null)
  const latest = useRef(load)
  latest.current = load

  const read = useCallback(
    async (after: string | null) => {
      asked.current = after
      const mine = after === null ? ++question.current : question.current
      setError(null)
      try {
        const page = await latest.current(crm, { limit, ...(after !== null && { after }) })
        if (mine !== question.current) return
        setAnswer((before) => {
          const earlier = after === null ? [] : (before?.page.items ?? [])
          return { question: mine, page: { ...page, items: [...earlier, ...page.items] } }
        })
      } catch (caught) {
        if (mine === question.current) setError(asAppError(caught))
      }
    },
    [crm],
  )
  useEffect(() => void read(null), [read, key])

  const more = useCallback(() => {
    // What is on screen may be the answer to an earlier question: its next page belongs to no list.
    if (answer === null || answer.question !== question.current) return
    const { next } = answer.page
    if (next !== null && asked.current !== next) void read(next)
  }, [answer, read])
  return {
    loaded: answer?.page ?? null,
    error,
    more,
    reload: () => void read(null),
    retry: () => void read(asked.current),
  }
}
