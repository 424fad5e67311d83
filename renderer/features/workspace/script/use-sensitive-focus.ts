import { useEffect, useState } from 'react'
import type { AttemptId } from '../../../../shared/std/ids.ts'
import { useCrmClient } from '../../../client/crm.ts'
import { useView } from '../../../client/desktop.ts'
import { pageClock } from '../../../client/page-clock.ts'
import { sensitiveFocus } from './sensitive-focus.ts'

/** Pauses the recording of this call while a sensitive field has the focus. `isInCall` when the page is made. */
export function useSensitiveFocus(attempt: AttemptId, isInCall: boolean): (on: boolean) => void {
  const crm = useCrmClient()
  const [focus] = useState(() =>
    sensitiveFocus(
      (on) => crm.recordings.sensitive({ params: { id: attempt }, body: { on } }),
      pageClock,
      // made in the middle of a call: the page was reloaded, perhaps out of such a field
      isInCall ? null : false,
    ),
  )
  const server = useView('session.connection')?.server
  useEffect(() => {
    if (server === 'up') focus.again()
  }, [server, focus])
  useEffect(() => () => focus.leave(), [focus])
  return focus.set
}
