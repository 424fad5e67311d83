import type { Draft } from '../../shared/contract/call.ts'
import type { Random } from '../../shared/std/clock.ts'
import type { OutcomeCode } from '../../shared/std/ids.ts'

/** What an operator will type and choose in one call. */
export interface Conversation {
  key: string
  outcome: OutcomeCode
  /** Milliseconds from saving to the callback; null where the outcome is none. */
  callbackIn: number | null
  /** As it grows under the fingers; the last one is saved. */
  drafts: readonly Draft[]
  /** How the operator ends a call that the customer does not end. */
  ending: 'hang up' | 'save while talking'
  /** Whether the operator saves again, with the same key, when no answer came. */
  savesAgain: boolean
  /** Whether the record is given back unread. */
  skips: boolean
  /** Whether what was saved is taken back at once, to be saved in other words. */
  takesBack: boolean
}

const outcomes = {
  interested: 3,
  'not-interested': 4,
  callback: 2,
  'no-answer': 2,
  'wrong-number': 1,
  'do-not-call': 1,
  'already-customer': 1,
} as const
type Code = keyof typeof outcomes

const words =
  'il cliente chiede di essere più tardi dopo cena «perché» lavora; è gentile, dice: 24,90 € va bene'.split(
    ' ',
  )

export function drawOutcome(random: Random): Code {
  const codes = Object.keys(outcomes) as Code[]
  let rest = random() * codes.reduce((sum, code) => sum + outcomes[code], 0)
  return codes.find((code) => (rest -= outcomes[code]) < 0) ?? 'not-interested'
}

/** Answers that the script of the demo campaign shows all at once, so that none of them is dropped as hidden. */
function answersFor(code: Code, random: Random): Record<string, unknown> {
  if (code === 'wrong-number') return { interlocutore: 'sconosciuto' }
  const reasons = ['prezzo', 'contento', 'vincolo', 'sfiducia', 'non-dice'] as const
  return {
    interlocutore: 'intestatario',
    registrazione: random() < 0.5,
    prosegue: 'no',
    'motivo-del-no': reasons[Math.floor(random() * reasons.length)],
  }
}

/** One call as it will be typed; the same random numbers give the same one. */
export function conversation(random: Random, key: string): Conversation {
  const outcome = drawOutcome(random)
  const answers = Object.entries(answersFor(outcome, random))
  const steps = 2 + Math.floor(random() * 4)
  const note: string[] = []
  const drafts = Array.from({ length: steps }, (_, step): Draft => {
    note.push(words[Math.floor(random() * words.length)] ?? '', String(Math.floor(random() * 1_000)))
    const isLast = step === steps - 1
    const shown = isLast ? answers.length : Math.floor((answers.length * (step + 1)) / steps)
    return {
      note: note.join(' '),
      answers: Object.fromEntries(answers.slice(0, shown)),
      page: 'apertura',
      outcome: isLast ? (outcome as string as OutcomeCode) : null,
      callbackText: outcome === 'callback' ? 'fra poco' : '',
    }
  })
  return {
    key,
    outcome: outcome as string as OutcomeCode,
    callbackIn: outcome === 'callback' ? 500 + Math.floor(random() * 4_000) : null,
    drafts,
    ending: random() < 0.7 ? 'hang up' : 'save while talking',
    savesAgain: random() < 0.5,
    skips: random() < 0.06,
    takesBack: random() < 0.15,
  }
}
