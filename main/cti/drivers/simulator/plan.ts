import type { LegEnd } from '../../../../shared/domain/call/legs.ts'
import type { Random } from '../../../../shared/std/clock.ts'
import { seededRandom, seedOf } from '../../../../shared/std/clock.ts'

export const behaviours = [
  'answers',
  'busy',
  'no-answer',
  'machine',
  'hangs-up-early',
  'hangs-up-midway',
  'invalid-number',
  'rejects',
] as const
export type Behaviour = (typeof behaviours)[number]

/** By the last two digits; documented in resources/simulator/README.md. */
const forced: Readonly<Record<string, Behaviour>> = {
  '01': 'busy',
  '02': 'no-answer',
  '03': 'machine',
  '04': 'hangs-up-early',
  '05': 'hangs-up-midway',
  '06': 'invalid-number',
  '07': 'rejects',
  '08': 'answers',
}

/** In a hundred calls of an ordinary afternoon. */
const weights: Readonly<Record<Behaviour, number>> = {
  answers: 48,
  'no-answer': 22,
  machine: 10,
  busy: 8,
  'hangs-up-early': 4,
  'hangs-up-midway': 4,
  rejects: 2,
  'invalid-number': 2,
}

/** What one language says. */
export interface Lines {
  customers: readonly (readonly string[])[]
  early: readonly string[]
  middle: readonly string[]
  machines: readonly (readonly string[])[]
}

export type Happening =
  | { what: 'ringing' | 'answered' }
  | { what: 'caption'; text: string }
  | { what: 'ended'; end: LegEnd; cause: string }
/** `afterMs` counts from the step before. */
export type PlannedStep = { afterMs: number } & Happening

/** Cause numbers of ITU-T Q.850, as Asterisk reports them. */
const over: Record<'them' | 'busy' | 'no-answer' | 'rejects' | 'invalid-number', Happening> = {
  them: { what: 'ended', end: 'hung-up-by-them', cause: '16' },
  busy: { what: 'ended', end: 'busy', cause: '17' },
  'no-answer': { what: 'ended', end: 'no-answer', cause: '19' },
  rejects: { what: 'ended', end: 'rejected', cause: '21' },
  'invalid-number': { what: 'ended', end: 'invalid-number', cause: '1' },
}

/** The same seed, number and count of earlier calls always give the same draw. */
export const randomFor = (seed: number, number: string, earlierCalls: number): Random =>
  seededRandom(seedOf(`${seed}/${number}/${earlierCalls}`))

export function behaviourOf(number: string, random: Random): Behaviour {
  const drawn = draw(random)
  return forced[number.slice(-2)] ?? drawn
}

function draw(random: Random): Behaviour {
  const total = behaviours.reduce((sum, behaviour) => sum + weights[behaviour], 0)
  let rest = random() * total
  return behaviours.find((behaviour) => (rest -= weights[behaviour]) < 0) ?? 'answers'
}

/** Everything that will happen on this leg if nobody at our end does anything. */
export function plan(behaviour: Behaviour, lines: Lines, random: Random): readonly PlannedStep[] {
  const between = (least: number, most: number) => Math.round(least + (most - least) * random())
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!
  const step = (afterMs: number, happening: Happening): PlannedStep => ({ afterMs, ...happening })
  const ringing = step(between(300, 900), { what: 'ringing' })
  const answered = (least: number, most: number) => [
    ringing,
    step(between(least, most), { what: 'answered' }),
  ]
  const say = (text: string, least = 2_500, most = 6_000) =>
    step(between(least, most), { what: 'caption', text })

  switch (behaviour) {
    case 'busy':
      return [step(between(800, 1_600), over.busy)]
    case 'invalid-number':
      return [step(between(200, 500), over['invalid-number'])]
    case 'no-answer':
      return [ringing, step(25_000, over['no-answer'])]
    case 'rejects':
      return [ringing, step(between(2_000, 5_000), over.rejects)]
    case 'machine': {
      const [greeting = '', ...rest] = pick(lines.machines)
      const spoken = rest.map((text) => say(text, 3_000, 5_000))
      return [...answered(12_000, 16_000), say(greeting, 300, 600), ...spoken, step(30_000, over.them)]
    }
    case 'hangs-up-early':
      return [
        ...answered(2_000, 6_000),
        say(pick(lines.early), 200, 500),
        step(between(1_200, 2_500), over.them),
      ]
    case 'hangs-up-midway': {
      const [first = '', ...rest] = pick(lines.customers)
      const spoken = rest.slice(0, 2).map((text) => say(text))
      const bye = say(pick(lines.middle))
      return [
        ...answered(2_000, 6_000),
        say(first, 200, 500),
        ...spoken,
        bye,
        step(between(800, 1_500), over.them),
      ]
    }
    case 'answers': {
      const [first = '', ...rest] = pick(lines.customers)
      return [...answered(2_000, 6_000), say(first, 200, 500), ...rest.map((text) => say(text))]
    }
  }
}

/** How a leg ends that we hang up ourselves. */
export const ourEnd = (answered: boolean): Extract<Happening, { what: 'ended' }> => ({
  what: 'ended',
  end: answered ? 'hung-up-by-us' : 'cancelled',
  cause: '16',
})
