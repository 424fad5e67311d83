/** What the world outside does when a number is called. */
export const behaviours = [
  'answers',
  'busy',
  'no-answer',
  'machine',
  'hangs-up-early',
  'hangs-up-midway',
  'invalid-number',
  'rejects',
  'congestion',
  'unreachable',
  'fax',
  'silent',
  'hangs-up-at-once',
  'changed',
  'no-reply',
  'forbidden',
] as const
export type Behaviour = (typeof behaviours)[number]

/** By the last two digits, as on the simulated line and with the real callers (resources/pbx/README.md). */
const byNumber: Readonly<Record<string, Behaviour>> = {
  '01': 'busy',
  '02': 'no-answer',
  '03': 'machine',
  '04': 'hangs-up-early',
  '05': 'hangs-up-midway',
  '06': 'invalid-number',
  '07': 'rejects',
  '08': 'answers',
  '09': 'congestion',
  '10': 'unreachable',
  '11': 'fax',
  '12': 'silent',
  '13': 'hangs-up-at-once',
  '14': 'changed',
  '15': 'no-reply',
  '16': 'forbidden',
}

export const behaviourOf = (number: string): Behaviour => byNumber[number.slice(-2)] ?? 'answers'

/** `afterMs` counts from the step before. */
export type Step = { afterMs: number } & (
  | { what: 'rings' | 'answers' | 'hangs-up' }
  /** ITU-T Q.850 and SIP, as Asterisk 22.10 pairs them. */
  | { what: 'fails'; cause: number; techCause: number }
)

const rings: Step = { afterMs: 100, what: 'rings' }
const answers: Step = { afterMs: 1_000, what: 'answers' }
const fails = (afterMs: number, cause: number, techCause: number): Step => ({
  afterMs,
  what: 'fails',
  cause,
  techCause,
})
const hangsUp = (afterMs: number): Step => ({ afterMs, what: 'hangs-up' })

/** Everything that the other side does by itself. */
export function stepsOf(behaviour: Behaviour): readonly Step[] {
  switch (behaviour) {
    case 'answers':
    case 'silent':
      return [rings, answers]
    case 'machine':
    case 'fax':
      return [rings, answers, hangsUp(30_000)]
    case 'hangs-up-at-once':
      return [rings, answers, hangsUp(150)]
    case 'hangs-up-early':
      return [rings, answers, hangsUp(1_500)]
    case 'hangs-up-midway':
      return [rings, answers, hangsUp(10_000)]
    case 'no-answer':
      return [rings]
    case 'no-reply':
      return []
    case 'busy':
      return [fails(50, 17, 486)]
    case 'invalid-number':
      return [fails(50, 1, 404)]
    case 'congestion':
      return [fails(50, 34, 503)]
    case 'changed':
      return [fails(50, 22, 410)]
    case 'forbidden':
      return [fails(50, 21, 403)]
    case 'rejects':
      return [rings, fails(1_000, 21, 603)]
    case 'unreachable':
      return [rings, fails(1_000, 19, 480)]
  }
}
