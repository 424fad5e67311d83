import type { OutcomeEffect } from '../../../../shared/domain/campaign/outcomes.ts'
import type { MarkShape } from '../../../ui/chip.tsx'
import type { StateTone } from '../../../ui/tone.ts'

/** Shape and colour of each effect; the outcome's own words stand beside it. */
export const outcomeMarks: Readonly<Record<OutcomeEffect, { tone: StateTone; shape: MarkShape }>> = {
  'close-positive': { tone: 'ready', shape: 'circle' },
  callback: { tone: 'ring', shape: 'diamond' },
  retry: { tone: 'hold', shape: 'diamond' },
  'close-negative': { tone: 'off', shape: 'square' },
  'wrong-number': { tone: 'break', shape: 'square' },
  'do-not-call': { tone: 'missed', shape: 'triangle' },
}
