import type { CheckResult } from '../../../shared/contract/diagnostics.ts'
import type { MediaState, MicrophoneState } from '../../../shared/contract/media.ts'
import type { PhoneFacts } from './ports.ts'

export interface Holding {
  id: number
  state: MediaState
}

/**
 * Which of several windows has the phone: the one that had the focus last. While a leg is up it stays where it is, so
 * that nobody loses a call by looking elsewhere.
 */
export function holderOf(pages: readonly Holding[], current: number | null): number | null {
  const holding = pages.find(({ id }) => id === current)
  if (holding && (holding.state.leg === 'up' || holding.state.echo === 'up')) return holding.id
  const newest = Math.max(...pages.map(({ state }) => state.focusedAt))
  if (holding?.state.focusedAt === newest) return holding.id
  return pages.find(({ state }) => state.focusedAt === newest)?.id ?? null
}

type Finding = Pick<CheckResult, 'result' | 'values'>

/** Null where there is nothing to check. `page` is the state of the page that holds the phone. */
export function phoneFinding({ view, kind }: PhoneFacts, page: MediaState | null): Finding | null {
  if (!view?.needed) return null
  const found = { kind, switch: view.state }
  if (view.problem === 'switch-away') return { result: 'failed', values: { ...found, problem: view.problem } }
  if (kind === 'desk') {
    const isThere = view.kind === 'desk' && view.state !== 'none' && view.state !== 'provisioned'
    return { result: isThere ? 'ok' : 'failed', values: { ...found, problem: view.problem ?? '' } }
  }
  if (!page) return { result: 'failed', values: { ...found, problem: 'no-page' } }
  const isThere = page.registration === 'registered'
  return {
    result: isThere ? 'ok' : 'failed',
    values: { ...found, registration: page.registration, problem: page.problem ?? '' },
  }
}

/** Null where there is nothing to check, as with a desk phone. */
export function microphoneFinding({ view, kind }: PhoneFacts, page: MediaState | null): Finding | null {
  if (!view?.needed || kind === 'desk') return null
  const microphone = page?.microphone ?? 'unknown'
  return { result: microphone === 'live' ? 'ok' : 'failed', values: { microphone } }
}

/** Whether a voice can still be heard: `gone` for sure, `unsure` for as long as a page needs to come back. */
export function microphoneLoss(microphone: MicrophoneState | null): 'none' | 'unsure' | 'gone' {
  if (microphone === 'live' || microphone === 'silent') return 'none'
  return microphone === 'denied' || microphone === 'missing' ? 'gone' : 'unsure'
}
