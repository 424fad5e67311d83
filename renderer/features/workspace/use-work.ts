import { useDeferredValue } from 'react'
import type { Work } from '../../../shared/contract/call.ts'
import { useView } from '../../client/desktop.ts'

/**
 * The record to show. One that comes is shown at once; one that has left the desk stays in the picture until "saved" is
 * painted, since drawing the picture between two records took 12 to 18 ms of the wait for it. Where the next record comes
 * meanwhile that picture is skipped. What is pressed in this blink the host refuses: it knows what is on the desk.
 */
export function useWork(): Work | null {
  const work = useView('call.desk')?.work ?? null
  const shownLast = useDeferredValue(work)
  return work ?? shownLast
}
