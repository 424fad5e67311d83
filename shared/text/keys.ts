import type { ErrorCode } from '../std/errors.ts'

/** Where a text is found: area (the file's name), then the names inside it. */
export type MessageKey = `${string}.${string}`

/** Interface languages, and how numbers and dates are written in each. */
export const languages = { it: 'it-IT', en: 'en-GB' } as const
export type Language = keyof typeof languages

/** Chosen in the profile; without a choice the neutral form is used ("Disponibile"). */
export type Gender = 'f' | 'm'

/** The option of `t()` that picks the form for the user. */
export const genderContext = (gender: Gender | null | undefined): { context?: Gender } =>
  gender ? { context: gender } : {}

/** The three sentences of an error: what happened, what it means, what to do. */
export const errorKeys = (code: ErrorCode) =>
  ({ what: `errors.${code}.what`, means: `errors.${code}.means`, do: `errors.${code}.do` }) as const

/** The words for what an operator is doing; `break-reason` takes {{reason}}. */
export const stateKeys = {
  ready: 'states.ready',
  reserved: 'states.reserved',
  ringing: 'states.ringing',
  talking: 'states.talking',
  held: 'states.held',
  'wrap-up': 'states.wrap-up',
  break: 'states.break',
  'break-reason': 'states.break-reason',
  missed: 'states.missed',
  offline: 'states.offline',
} as const satisfies Record<string, MessageKey>

/** Why somebody is on a break, for {{reason}}: "Pausa: caffè". */
export const breakReasonKey = (reason: string) => `states.reasons.${reason}` as const
