import { formatPhone, parsePhone, type PhoneKind, type PhoneProblem } from '../../../shared/std/phone.ts'

/** What the typed or pasted text is; `null` while nothing is there. */
export type Read =
  | { ok: true; e164: string; shown: string; kind: PhoneKind; country: string }
  | { ok: false; problem: PhoneProblem }
  | null

/** Any form people write in Italy, or a number of another country with its + or 00. */
export function readNumber(text: string): Read {
  if (text.trim() === '') return null
  const parsed = parsePhone(text, 'IT')
  if (!parsed.ok) return { ok: false, problem: parsed.reason }
  const { e164, kind, country } = parsed
  return { ok: true, e164, shown: formatPhone(e164, 'IT'), kind, country }
}

/** The country in the reader's language; '' for numbers of none, such as satellites. */
export const countryName = (country: string, language: string): string =>
  country === '' ? '' : (new Intl.DisplayNames([language], { type: 'region' }).of(country) ?? country)
