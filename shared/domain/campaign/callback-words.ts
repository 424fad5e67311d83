import type { CallbackLocale } from './callback-language.ts'

/** What a word for a day says: so many days from today, or the next such weekday (ISO: Monday is 1). */
export type DayWord = { inDays: number } | { weekday: number }

/** [word, its shortest accepted beginning, meaning]; the first that fits wins. */
const dayWords: readonly (readonly [word: string, shortest: string, day: DayWord])[] = [
  ['oggi', 'o', { inDays: 0 }],
  ['today', 'tod', { inDays: 0 }],
  ['domenica', 'dom', { weekday: 7 }],
  ['domani', 'd', { inDays: 1 }],
  ['tomorrow', 't', { inDays: 1 }],
  ['dopodomani', 'dop', { inDays: 2 }],
  ['dd', 'dd', { inDays: 2 }],
  ['tt', 'tt', { inDays: 2 }],
  ['lunedi', 'l', { weekday: 1 }],
  ['monday', 'mo', { weekday: 1 }],
  ['martedi', 'ma', { weekday: 2 }],
  ['tuesday', 'tu', { weekday: 2 }],
  ['mercoledi', 'me', { weekday: 3 }],
  ['wednesday', 'w', { weekday: 3 }],
  ['giovedi', 'g', { weekday: 4 }],
  ['thursday', 'th', { weekday: 4 }],
  ['venerdi', 'v', { weekday: 5 }],
  ['friday', 'f', { weekday: 5 }],
  ['sabato', 's', { weekday: 6 }],
  ['saturday', 'sa', { weekday: 6 }],
  ['sunday', 'su', { weekday: 7 }],
]

/** `m` alone is the first weekday of that letter in the operator's language: martedì, Monday. */
export function dayOf(word: string, locale: CallbackLocale): DayWord | undefined {
  if (word === 'm') return { weekday: locale === 'it' ? 2 : 1 }
  return dayWords.find(([full, shortest]) => full.startsWith(word) && word.startsWith(shortest))?.[2]
}

/** `from`: the wall time meant when no hour is given; `half`: which half of the day an hour up to 11 then means. */
export interface DayPart {
  from: { hour: number; minute: number }
  half: 'am' | 'pm'
}

const morning: DayPart = { from: { hour: 10, minute: 0 }, half: 'am' }
const noon: DayPart = { from: { hour: 12, minute: 0 }, half: 'pm' }
const afternoon: DayPart = { from: { hour: 15, minute: 0 }, half: 'pm' }
const evening: DayPart = { from: { hour: 18, minute: 30 }, half: 'pm' }

export const dayParts: ReadonlyMap<string, DayPart> = new Map([
  ['mattina', morning],
  ['mattino', morning],
  ['morning', morning],
  ['mezzogiorno', noon],
  ['noon', noon],
  ['pomeriggio', afternoon],
  ['afternoon', afternoon],
  ['sera', evening],
  ['evening', evening],
])

/** Said, but mean nothing here: `domani alle 10`, `alle 3 del pomeriggio`, `tomorrow at 10`. */
export const fillers = /\b(?:alle|alla|all|ore|di|del|della|nel|nella|at|on|in the|the|h)\b\s*/g
