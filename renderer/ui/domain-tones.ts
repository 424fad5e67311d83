import type { MarkShape } from './chip.tsx'
import type { StateTone } from './tone.ts'

/** One hue per word of the domain, the same on every page. Keys are the words of shared/domain. */
export const operatorTone = {
  offline: 'off',
  ready: 'ready',
  reserved: 'ring',
  ringing: 'ring',
  talking: 'talk',
  'wrap-up': 'wrap',
  break: 'break',
  missed: 'missed',
} as const satisfies Record<string, StateTone>

export const campaignTone = {
  draft: 'off',
  running: 'ready',
  suspended: 'ring',
  closed: 'hold',
} as const satisfies Record<string, StateTone>

export const effectLook = {
  'close-positive': { tone: 'ready', shape: 'circle' },
  'close-negative': { tone: 'off', shape: 'square' },
  callback: { tone: 'wrap', shape: 'diamond' },
  retry: { tone: 'ring', shape: 'diamond' },
  'wrong-number': { tone: 'break', shape: 'square' },
  'do-not-call': { tone: 'missed', shape: 'triangle' },
} as const satisfies Record<string, { tone: StateTone; shape: MarkShape }>
