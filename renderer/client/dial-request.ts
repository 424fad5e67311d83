import { useEffect, useRef } from 'react'
import { emitter } from '../../shared/std/event.ts'

const requests = emitter<string>()

/** Puts a number, as it stands on a page, on the dial pad; '' opens the pad empty. Nothing is called by this. */
export const askToDial = (number: string): void => requests.emit(number)

/** For the one who has the dial pad. */
export function useDialRequests(on: (number: string) => void): void {
  const latest = useRef(on)
  latest.current = on
  useEffect(() => requests.event((number) => latest.current(number)), [])
}
