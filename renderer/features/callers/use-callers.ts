import { useState } from 'react'
import type { AbandonedCaller, WaitingCaller } from '../../../shared/crm-api/callers.ts'
import { useAction, useCrm, type Loaded } from '../../client/crm.ts'
import { refusalOf, type Refusal } from '../../client/refusal.ts'

/** Callers come and go by the minute. */
const everyMs = 15_000
const most = 100

export const useAbandoned = (): Loaded<{
  items: readonly AbandonedCaller[]
  total: number
}> => useCrm('callers.abandoned', (crm) => crm.callers.abandoned({ query: { limit: most } }), { everyMs })

export const useWaiting = (): Loaded<readonly WaitingCaller[]> =>
  useCrm('callers.waiting', (crm) => crm.callers.waiting({}), { everyMs })

/** Takes a caller: they come to the desk as a record, where F2 calls. */
export function useCallBack(reload: () => void): {
  callBack: (caller: AbandonedCaller) => void
  pending: string | null
  refusal: Refusal | null
} {
  const { run, pending, error } = useAction()
  const [asked, setAsked] = useState<string | null>(null)
  return {
    callBack: ({ id }) => {
      setAsked(id)
      void run(id, (crm) => crm.callers.callBack({ params: { id } })).then(reload)
    },
    pending,
    refusal: error && asked !== null ? refusalOf(error) : null,
  }
}
