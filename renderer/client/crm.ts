import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Desktop } from '../../shared/contract/index.ts'
import { crmApi, type CrmClient } from '../../shared/crm-api/index.ts'
import type { Client } from '../../shared/rpc/contract.ts'
import { AppError } from '../../shared/std/errors.ts'
import { useClient, useView } from './desktop.ts'
import { pageClock } from './page-clock.ts'

/** What pages may ask of the CRM; operators' work has services of its own (shared/contract/crm.ts). */
const reachable = [
  'board',
  'campaigns',
  'contacts',
  'imports',
  'outcomes',
  'users',
  'audit',
  'lines',
  'phone',
  'callers',
  'recordings',
  'sessions',
  'supervision',
] as const
export type PageCrm = Pick<CrmClient, (typeof reachable)[number]>

/** The CRM as functions: `crm.campaigns.get({ params: { id } })` travels as `{ name: 'campaigns.get', input }`. */
export function crmClient(client: Client<Desktop>): PageCrm {
  const routesOf = (resource: (typeof reachable)[number]) =>
    Object.fromEntries(
      Object.keys(crmApi[resource]).map((route) => [
        route,
        (input: unknown) => client.crm.request({ name: `${resource}.${route}`, input }),
      ]),
    )
  return Object.fromEntries(reachable.map((resource) => [resource, routesOf(resource)])) as unknown as PageCrm
}

export function useCrmClient(): PageCrm {
  const client = useClient()
  return useMemo(() => crmClient(client), [client])
}

/** Anything that is no refusal is a bug of ours. */
export const asAppError = (error: unknown): AppError =>
  error instanceof AppError ? error : new AppError('internal', String(error))

export interface Loaded<T> {
  /** The last good answer; it stays while a newer one is on its way or refused. */
  value: T | undefined
  error: AppError | null
  isLoading: boolean
  reload: () => void
}

interface Answer<T> {
  key: string
  value?: T
  error: AppError | null
}

/**
 * Asks the CRM when `key` changes, on `reload`, and when the server is back after a refusal. Late answers to an earlier
 * question are dropped. `everyMs` asks again so long after each answer.
 */
export function useCrm<T>(
  key: string,
  load: (crm: PageCrm) => Promise<T>,
  options: { everyMs?: number | undefined } = {},
): Loaded<T> {
  const crm = useCrmClient()
  const [answer, setAnswer] = useState<Answer<T>>({ key, error: null })
  const [round, setRound] = useState(0)
  const [isLoading, setLoading] = useState(true)
  const latest = useRef(load)
  latest.current = load
  const reload = useCallback(() => setRound((number) => number + 1), [])
  const { everyMs } = options

  useEffect(() => {
    let isCurrent = true
    let stop = () => {}
    setLoading(true)
    const ask = async () => {
      const next = await latest.current(crm).then(
        (value): Answer<T> => ({ key, value, error: null }),
        (error: unknown): Answer<T> => ({ key, error: asAppError(error) }),
      )
      if (!isCurrent) return
      setLoading(false)
      setAnswer((old) =>
        next.error && old.key === key && 'value' in old ? { ...old, error: next.error } : next,
      )
      if (everyMs !== undefined) stop = pageClock.after(everyMs, () => void ask())
    }
    void ask()
    return () => {
      isCurrent = false
      stop()
    }
  }, [crm, key, round, everyMs])

  const isUp = useView('session.connection')?.server === 'up'
  const failed = answer.error !== null
  useEffect(() => {
    if (isUp && failed) reload()
    // only the return of the server asks again; a refusal alone does not
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [isUp, reload])

  const isForKey = answer.key === key
  return {
    value: isForKey ? answer.value : undefined,
    error: isForKey ? answer.error : null,
    isLoading,
    reload,
  }
}

export interface Action {
  /** Runs one task at a time; resolves to undefined when it was refused, with the reason in `error`. */
  run: <T>(name: string, task: (crm: PageCrm) => Promise<T>) => Promise<T | undefined>
  /** The name of what is under way. */
  pending: string | null
  error: AppError | null
  /** The name of what was refused. */
  failed: string | null
  clear: () => void
}

/** Changes something in the CRM, and keeps what the page must show of it. */
export function useAction(): Action {
  const crm = useCrmClient()
  const [pending, setPending] = useState<string | null>(null)
  const [refusal, setRefusal] = useState<{ name: string; error: AppError } | null>(null)
  const run = useCallback(
    async <T>(name: string, task: (crm: PageCrm) => Promise<T>): Promise<T | undefined> => {
      setPending(name)
      setRefusal(null)
      try {
        return await task(crm)
      } catch (error) {
        setRefusal({ name, error: asAppError(error) })
        return undefined
      } finally {
        setPending(null)
      }
    },
    [crm],
  )
  const clear = useCallback(() => setRefusal(null), [])
  return { run, pending, error: refusal?.error ?? null, failed: refusal?.name ?? null, clear }
}
