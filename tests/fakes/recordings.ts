import type { Recording, RecordingDetails, recordings } from '../../shared/crm-api/recordings.ts'
import { peakCount } from '../../shared/crm-api/recordings.ts'
import type { RouteInput, RouteReply } from '../../shared/crm-api/resource.ts'
import type { Instant } from '../../shared/std/clock.ts'
import { AppError } from '../../shared/std/errors.ts'
import type {
  AttemptId,
  CampaignId,
  ContactId,
  ListeningId,
  RecordingId,
  UserId,
} from '../../shared/std/ids.ts'

type Answers = {
  [K in keyof typeof recordings]?: (
    input: RouteInput<(typeof recordings)[K]>,
  ) => RouteReply<(typeof recordings)[K]>
}

const minute = 60_000
const day = 24 * 60 * minute
const names = ['Maria Esposito', 'Salvatore Russo', 'Edilcasa Vesuvio', 'Giulia De Luca', 'Ciro Ferrara']
const operators = ['Anna Russo', 'Luca Bruni', 'Marta Gallo']

/** Two who speak in turn, as a waveform shows it. */
const peaks = Array.from({ length: peakCount }, (_, index) => {
  const turn = Math.sin(index / 9) > 0.25 ? 0.95 : Math.sin(index / 9) < -0.4 ? 0.6 : 0.08
  const wobble = 0.6 + 0.4 * Math.abs(Math.sin(index * 1.7) * Math.cos(index * 0.37))
  return Math.round(255 * turn * wobble)
})

const states = ['ended', 'stored', 'stored', 'not-recorded', 'stored', 'deleted', 'stored'] as const

/** Newest first; the first that can be heard is `rec-1`. */
export function recordingsAt(now: Instant): Recording[] {
  return Array.from({ length: 24 }, (_, index): Recording => {
    const state = index < states.length ? states[index]! : 'stored'
    const startedAt = now - (index + 1) * 47 * minute
    return {
      id: `rec-${index}` as RecordingId,
      attempt: `a-${index}` as AttemptId,
      contact: { id: `c${index}` as ContactId, name: names[index % names.length]! },
      campaign: { id: 'k1' as CampaignId, description: 'Fibra Primavera' },
      operator: { id: `o${index % 3}` as UserId, name: operators[index % 3]! },
      state,
      failure: state === 'not-recorded' ? 'no-notice' : null,
      startedAt,
      durationMs: state === 'stored' ? 95_000 + index * 13_000 : null,
      keptUntil: state === 'stored' ? startedAt + 90 * day : null,
    }
  })
}

const detailsOf = (recording: Recording): RecordingDetails => ({
  ...recording,
  peaks: recording.state === 'stored' ? peaks : [],
  pauses:
    recording.state === 'stored'
      ? [
          { atMs: 31_000, lastedMs: 24_000, why: ['sensitive'] },
          { atMs: 70_000, lastedMs: 12_000, why: ['hold'] },
        ]
      : [],
  sha256: recording.state === 'stored' ? 'c0ffee00'.repeat(8) : null,
})

/** The server's recordings in memory: what is deleted stays deleted. */
export function fakeRecordings({ now, empty = false }: { now: () => Instant; empty?: boolean }): Answers {
  let all = empty ? [] : recordingsAt(now())
  let listenings = 0
  const find = (id: string): Recording => {
    const found = all.find((one) => one.id === id)
    if (!found) throw new AppError('not-found', 'no such recording')
    return found
  }
  return {
    list: ({ query }) => {
      const search = query.search?.toLowerCase() ?? ''
      const items = all.filter(({ contact }) => contact.name.toLowerCase().includes(search))
      return { items, next: null, total: items.length }
    },
    get: ({ params }) => detailsOf(find(params.id)),
    listen: ({ params }) => ({ listening: `${find(params.id).id}-${++listenings}` as ListeningId }),
    remove: ({ params }) => {
      const gone: Recording = { ...find(params.id), state: 'deleted', durationMs: null, keptUntil: null }
      all = all.map((one) => (one.id === gone.id ? gone : one))
      return {}
    },
    sensitive: () => ({}),
  }
}
