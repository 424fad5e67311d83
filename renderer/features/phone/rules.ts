import type { MediaState } from '../../../shared/contract/media.ts'
import type { PhoneKind, PhoneView } from '../../../shared/crm-api/phone.ts'

/** Codes of `phone.problems`: each has `what` and `todo`. */
export const phoneIssues = [
  'switch-away',
  'no-desk-phone',
  'not-registered',
  'unsupported',
  'socket-lost',
  'refused',
  'expired',
  'elsewhere',
  'waiting',
  'denied',
  'missing',
  'ended',
  'silent',
  'closed',
  'no-answer',
  'leg-lost',
] as const
export type PhoneIssue = (typeof phoneIssues)[number]

/** The one thing to say about phone and microphone, the first that has to be solved; null while all is well. */
export function issueOf(view: PhoneView, kind: PhoneKind, media: MediaState): PhoneIssue | null {
  if (!view.needed) return null
  if (view.problem === 'switch-away') return 'switch-away'
  if (kind === 'desk') return deskIssue(view)
  return registrationIssue(view, media) ?? microphoneIssue(media) ?? legIssue(view)
}

function deskIssue(view: PhoneView): PhoneIssue | null {
  if (view.problem !== null) return view.problem
  if (view.kind !== 'desk' || view.state === 'none') return 'waiting'
  return view.state === 'provisioned' ? 'not-registered' : null
}

function registrationIssue(view: PhoneView, media: MediaState): PhoneIssue | null {
  switch (media.registration) {
    case 'registered':
      return null
    case 'failed':
      return media.problem ?? 'refused'
    case 'registering':
      return media.problem
    case 'none':
      return view.state === 'registered' || view.state === 'up' ? 'elsewhere' : 'waiting'
  }
}

function microphoneIssue({ microphone }: MediaState): PhoneIssue | null {
  switch (microphone) {
    case 'live':
    case 'asking':
      return null
    case 'unknown':
      return 'closed'
    case 'denied':
    case 'missing':
    case 'ended':
    case 'silent':
      return microphone
  }
}

const legIssue = ({ problem }: PhoneView): PhoneIssue | null =>
  problem === 'no-answer' || problem === 'leg-lost' ? problem : null
