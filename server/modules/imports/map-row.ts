import { formatDate } from './read-date.ts'
import { splitName } from './split-name.ts'
import type { ContactField, Mapping } from './suggest-mapping.ts'
import { parsePhone } from '../../../shared/std/phone.ts'
import type { ParsedPhone, PhoneCountry, PhoneKind, PhoneProblem } from '../../../shared/std/phone.ts'

export interface ContactDraft {
  lastName: string
  firstName: string
  company: string
  /** The first is the one to call; no number twice. */
  phones: readonly { raw: string; e164: string; kind: PhoneKind }[]
  email: string
  street: string
  postcode: string
  city: string
  province: string
  /** ISO date. */
  birthDate: string | null
  marketingConsent: boolean | null
  externalId: string
  note: string
  /** The campaign's own fields by name, and the raw text of what could not be read (`phone2`, `birthDate` …). */
  custom: Readonly<Record<string, string>>
}

export type CellProblemCode =
  | 'no-phone'
  | 'no-name'
  | `phone-${PhoneProblem}`
  | 'phone-premium'
  | 'phone-zero-restored'
  | 'bad-email'
  | 'bad-date'
  | 'bad-consent'

export interface CellProblem {
  /** Counted from 0; null when it is about no single column. */
  column: number | null
  code: CellProblemCode
  /** The raw text. */
  value: string
}

export type MappedRow =
  | { ok: true; contact: ContactDraft; warnings: readonly CellProblem[] }
  | { ok: false; problems: readonly CellProblem[] }

interface Options {
  country: PhoneCountry
  /** ISO date; nobody is born after it, and it decides the century of two-digit years. */
  today: string
}

/**
 * One row as a contact. It is rejected only when there is no number to call or nobody to ask for; anything else that
 * cannot be read is a warning, and its raw text is kept in `custom` under the field's name.
 */
export function mapRow(cells: readonly string[], mapping: Mapping, options: Options): MappedRow {
  const warnings: CellProblem[] = []
  const custom: Record<string, string> = {}
  const columns = columnsByField(mapping)
  const raw = (field: ContactField) => clean(cells[columns.get(field) ?? -1] ?? '')
  const unreadable = (field: ContactField, code: CellProblemCode) => {
    warnings.push({ column: columns.get(field) ?? null, code, value: raw(field) })
    custom[field] = raw(field)
  }
  for (const [column, field] of Object.entries(mapping)) {
    const value = clean(cells[Number(column)] ?? '')
    if (field.startsWith('custom:') && value !== '') custom[field.slice('custom:'.length)] = value
  }

  const phones = readPhones(cells, columns, options.country)
  const name = readName(raw)
  const missing = [
    ...(phones.good.length === 0 ? phones.problems : []),
    ...(name.lastName || name.firstName || name.company ? [] : [nobody(columns)]),
  ]
  if (missing.length > 0) return { ok: false, problems: missing }
  for (const problem of phones.problems) {
    warnings.push(problem)
    const field = problem.column === null ? undefined : mapping[problem.column]
    if (field && problem.code !== 'phone-zero-restored') custom[field] = problem.value
  }

  const email = raw('email').toLowerCase()
  const emailFits = email === '' || /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;.]+$/.test(email)
  if (!emailFits) unreadable('email', 'bad-email')
  const birthDate = raw('birthDate') === '' ? null : formatDate(raw('birthDate'), options.today)
  if (birthDate === undefined) unreadable('birthDate', 'bad-date')
  const marketingConsent = readConsent(raw('marketingConsent'))
  if (marketingConsent === undefined) unreadable('marketingConsent', 'bad-consent')

  const contact: ContactDraft = {
    ...name,
    phones: phones.good,
    email: emailFits ? email : '',
    street: raw('street'),
    postcode: readPostcode(raw('postcode'), options.country),
    city: raw('city'),
    province: raw('province').length === 2 ? raw('province').toUpperCase() : raw('province'),
    birthDate: birthDate ?? null,
    marketingConsent: marketingConsent ?? null,
    externalId: raw('externalId'),
    note: (cells[columns.get('note') ?? -1] ?? '').trim(),
    custom,
  }
  return { ok: true, contact, warnings }
}

/** Two rows with the same key are the same contact: the E.164 of the number to call, whatever the names look like. */
export const duplicateKey = (contact: Pick<ContactDraft, 'phones'>): string => contact.phones[0]?.e164 ?? ''

/** One line, single blanks, no blank at the ends. */
const clean = (cell: string) => cell.replace(/[\s\u00a0]+/g, ' ').trim()

function columnsByField(mapping: Mapping): ReadonlyMap<string, number> {
  return new Map(Object.entries(mapping).map(([column, field]) => [field, Number(column)]))
}

const nobody = (columns: ReadonlyMap<string, number>): CellProblem => ({
  column:
    ['lastName', 'fullName', 'lastNameFirst', 'company']
      .map((field) => columns.get(field))
      .find((at) => at !== undefined) ?? null,
  code: 'no-name',
  value: '',
})

function readName(
  raw: (field: ContactField) => string,
): Pick<ContactDraft, 'lastName' | 'firstName' | 'company'> {
  const full = raw('fullName') ? splitName(raw('fullName'), 'first') : splitName(raw('lastNameFirst'), 'last')
  return {
    lastName: raw('lastName') || full.lastName,
    firstName: raw('firstName') || full.firstName,
    company: raw('company'),
  }
}

function readPhones(cells: readonly string[], columns: ReadonlyMap<string, number>, country: PhoneCountry) {
  const good: { raw: string; e164: string; kind: PhoneKind }[] = []
  const problems: CellProblem[] = []
  for (const field of ['phone1', 'phone2', 'phone3']) {
    const column = columns.get(field)
    const value = (column === undefined ? '' : cells[column])?.trim() ?? ''
    if (column === undefined || value === '') continue
    for (const [raw, parsed] of readNumbers(value, country)) {
      const code = phoneProblem(parsed)
      if (code) problems.push({ column, code, value: raw })
      if (!parsed.ok || code === 'phone-premium' || good.some(({ e164 }) => e164 === parsed.e164)) continue
      good.push({ raw, e164: parsed.e164, kind: parsed.kind })
    }
  }
  if (good.length === 0 && problems.length === 0) {
    problems.push({ column: columns.get('phone1') ?? null, code: 'no-phone', value: '' })
  }
  return { good, problems }
}

/** Calling a premium number costs the caller: it is never what the list means. */
function phoneProblem(parsed: ParsedPhone): CellProblemCode | undefined {
  if (!parsed.ok) return `phone-${parsed.reason}`
  if (parsed.kind === 'premium') return 'phone-premium'
  return parsed.zeroRestored ? 'phone-zero-restored' : undefined
}

/** Several complete numbers in one cell are taken in their order; otherwise the cell is one number or a problem. */
function readNumbers(value: string, country: PhoneCountry): readonly [raw: string, parsed: ParsedPhone][] {
  const whole = parsePhone(value, country)
  if (whole.ok || whole.reason !== 'several-numbers') return [[value, whole]]
  const parts = value
    .split(/[/;,|\n]|\s-\s|\s(?:e|o|oppure|and|or)\s|\s(?=\+)/i)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const parsed = parts.map((part): [string, ParsedPhone] => [part, parsePhone(part, country)])
  return parsed.length > 1 && parsed.every(([, number]) => number.ok) ? parsed : [[value, whole]]
}

const yes = new Set(['si', 's', 'yes', 'y', '1', 'x', 'vero', 'true', 'v', 'ok'])
const no = new Set(['no', 'n', '0', 'falso', 'false', 'f'])

/** Null for an empty cell, undefined for a word that says neither: silence is no consent (GDPR art. 4.11). */
function readConsent(text: string): boolean | null | undefined {
  const word = text
    .normalize('NFKD')
    .replace(/[\p{M}.]/gu, '')
    .toLowerCase()
  if (word === '') return null
  if (yes.has(word)) return true
  return no.has(word) ? false : undefined
}

/** Italian postcodes have five digits; spreadsheets drop the first ones when they are zeros (00185, Roma). */
function readPostcode(text: string, country: PhoneCountry): string {
  const bare = text.replace(/^'/, '').replace(/[.,]0+$/, '')
  return country === 'IT' && /^\d{3,4}$/.test(bare) ? bare.padStart(5, '0') : bare
}
