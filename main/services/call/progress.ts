import type { CallEvent } from '../../../shared/domain/call/call.ts'
import type { AttemptId } from '../../../shared/std/ids.ts'
import type { CallPorts } from './ports.ts'

/** Tells the board what the line does: in order, and never again if it fails, since the wrap-up carries the facts. */
export function progressOf({ work, connected, log }: Pick<CallPorts, 'work' | 'connected' | 'log'>) {
  let last = Promise.resolve()
  return (attempt: AttemptId, event: CallEvent): void => {
    const what = event.type === 'leg-answered' ? 'answered' : event.type === 'leg-ended' ? 'ended' : undefined
    if (!what || !connected()) return
    const input = { params: { id: attempt }, body: { what, at: event.at } } as const
    const post = async (before: Promise<void>) => {
      await before
      try {
        await work.progress(input, { key: `${what}-${attempt}` })
      } catch (error) {
        log.info({ error, attempt, what }, 'the board was not told')
      }
    }
    last = post(last)
  }
}
