import { parsePhoneNumberFromString, validatePhoneNumberLength } from 'libphonenumber-js/min'
import type { CountryCode, PhoneNumber } from 'libphonenumber-js/min'

/** ISO 3166 two letters, as libphonenumber knows them. */
export type PhoneCountry = CountryCode
export type PhoneKind = 'mobile' | 'landline' | 'toll-free' | 'premium' | 'other'
export type PhoneProblem = 'empty' | 'too-short' | 'too-long' | 'letters' | 'several-numbers' | 'not-a-number'

export type ParsedPhone =
  | {
      ok: true
      /** `+` and digits, ITU-T E.164. */
      e164: string
      kind: PhoneKind
      /** Of the number itself, which may differ from the country it was read for. */
      country: string
      /** The spreadsheet had eaten the landline's leading zero and it was put back. */
      zeroRestored: boolean
    }
  | { ok: false; reason: PhoneProblem }

/**
 * Reads one phone number as people and spreadsheets write it in `country`. A cell with several numbers is refused,
 * never cut: which of them is meant is not ours to guess. Scientific notation is refused because its last digits
 * are gone.
 */
export function parsePhone(raw: string, country: PhoneCountry): ParsedPhone {
  const text = tidy(raw)
  if (!/[\p{L}\d]/u.test(text)) return refuse('empty')
  if (text.length > longestCell) return refuse('not-a-number')
  if (/^[+-]?\d+(?:[.,]\d+)?e[+-]?\d+$/i.test(text)) return refuse('not-a-number')
  if (/\p{L}/u.test(text)) return refuse(severalWithWords(text, country) ? 'several-numbers' : 'letters')
  if (several(text, country)) return refuse('several-numbers')

  const digits = text.replace(/\D/g, '')
  if (digits.length < 5) return refuse('too-short')
  const written = (text.replace(/^[^+\d]+/, '').startsWith('+') ? '+' : '') + digits
  return readDigits(written, country)
}

/** `331 234 5678` for who is in that country, `+39 331 234 5678` for others; other text comes back as it is. */
export function formatPhone(e164: string, viewerCountry: PhoneCountry): string {
  const number = parsePhoneNumberFromString(e164)
  if (!number) return e164
  const atHome = parsePhoneNumberFromString(number.formatNational(), viewerCountry)?.number === number.number
  return atHome ? number.formatNational() : number.formatInternational()
}

/** For logs: country code and last three digits, always five dots so that the length tells nothing. */
export function maskPhone(e164: string): string {
  const number = parsePhoneNumberFromString(e164)
  const digits = e164.replace(/\D/g, '')
  const tail = digits.length >= 8 ? digits.slice(-3) : ''
  return `${number ? `+${number.countryCallingCode}` : ''}•••••${tail}`
}

const refuse = (reason: PhoneProblem): ParsedPhone => ({ ok: false, reason })

/** Three numbers with their remarks fit; a pasted page does not. */
const longestCell = 120
const labels = /^(?:tel|telefono|cell|cellulare|mobile|phone|n|num|numero)\b[\s.:°]*/i
const decimalZeros = /^(\+?\d{5,})[.,]0+$/
// Zero of the decimal digits that NFKC leaves alone: Arabic-Indic, its Persian form, Devanagari.
const zeros = [0x0660, 0x06f0, 0x0966]

/** Plain digits, plain dashes and blanks; Excel's apostrophe, `="…"` and `.0` removed. */
function tidy(raw: string): string {
  const text = raw
    .normalize('NFKC')
    // Invisible marks: address books copy numbers wrapped in U+202A … U+202C.
    .replace(/\p{Cf}/gu, '')
    .replace(/\p{Nd}/gu, asciiDigit)
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/[\u2044\u2215]/g, '/')
    .replace(/^\s*=?["'`’]+|["'`’]+\s*$/g, '')
    .trim()
    .replace(labels, '')
  return text.replace(decimalZeros, '$1')
}

function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0
  const zero = zeros.find((first) => code >= first && code <= first + 9)
  return zero === undefined ? digit : String(code - zero)
}

function readDigits(written: string, country: PhoneCountry): ParsedPhone {
  const number = parsePhoneNumberFromString(written.replace(/^00/, '+'), country)
  if (number?.isValid()) {
    const kind = kindOf(number)
    return kind === 'voicemail' ? refuse('too-long') : accept(number, kind, false)
  }
  const restored = number && withLandlineZero(number)
  if (restored) return accept(restored, 'landline', true)
  const length = number && validatePhoneNumberLength(number.number)
  const digits = written.replace(/\D/g, '').length
  if (length === 'TOO_SHORT' || digits < 9) return refuse('too-short')
  if (length === 'TOO_LONG' || digits > 15) return refuse('too-long')
  return refuse('not-a-number')
}

const accept = (number: PhoneNumber, kind: PhoneKind, zeroRestored: boolean): ParsedPhone => ({
  ok: true,
  e164: number.number,
  kind,
  country: number.country ?? '',
  zeroRestored,
})

/**
 * Italian landlines keep their zero also abroad (national numbering plan, delibera AGCOM 8/15/CIR), and Excel drops it:
 * 0815523344 becomes 815523344. The zero comes back only when the number is not valid as it stands, does not begin like
 * a mobile (3) or a toll-free number (800, 803), and still has 9 digits or more: with 8, a local number written
 * without its area code would turn into somebody else's number in another city.
 */
function withLandlineZero(number: PhoneNumber): PhoneNumber | undefined {
  const bare = number.nationalNumber
  if (number.countryCallingCode !== '39' || bare.length < 9 || /^(?:0|3|80[03])/.test(bare)) return undefined
  const restored = parsePhoneNumberFromString(`+390${bare}`)
  return restored?.isValid() && restored.getType() === 'FIXED_LINE' ? restored : undefined
}

/** Italian voicemail boxes are a mobile number with a digit more, which in a list is a typing mistake. */
function kindOf(number: PhoneNumber): PhoneKind | 'voicemail' {
  switch (number.getType()) {
    case 'MOBILE':
      return 'mobile'
    case 'FIXED_LINE':
      return 'landline'
    case 'TOLL_FREE':
      return 'toll-free'
    case 'PREMIUM_RATE':
    case 'SHARED_COST':
      return 'premium'
    case 'PERSONAL_NUMBER':
      // 178 and 199 are charged to the caller in Italy.
      return number.countryCallingCode === '39' ? 'premium' : 'other'
    case 'VOICEMAIL':
      return number.countryCallingCode === '39' ? 'voicemail' : 'other'
    case 'FIXED_LINE_OR_MOBILE':
    case 'PAGER':
    case 'UAN':
    case 'VOIP':
    case undefined:
      return 'other'
  }
}

/** True for `081 5523344 / 331 1234567` and for a switchboard's range `081 5523344/45`; not for `081/552.33.44`. */
function several(text: string, country: PhoneCountry): boolean {
  const complete = (part: string) => {
    const digits = part.replace(/[^\d+]/g, '')
    return digits.length >= 8 && readDigits(digits, country).ok
  }
  for (const separator of text.matchAll(/[/;,|\n-]|\s(?=\+|00)|\s{2,}/g)) {
    const before = text.slice(0, separator.index)
    const after = text.slice(separator.index + separator[0].length)
    if (complete(before) && complete(after.split(/[/;,|\n]/)[0] ?? '')) return true
    if (/^\s*\d{1,2}\s*$/.test(after) && before.replace(/\D/g, '').length >= 10 && complete(before))
      return true
  }
  return (text.match(/\+/g) ?? []).length > 1
}

/** `081 5523344 e 331 1234567`, `… o …`, `… or …`: letters, but the useful thing to say is "several numbers". */
function severalWithWords(text: string, country: PhoneCountry): boolean {
  const parts = text.split(/\s+(?:e|o|oppure|and|or)\s+/i)
  return parts.length > 1 && parts.every((part) => parsePhone(part, country).ok)
}
