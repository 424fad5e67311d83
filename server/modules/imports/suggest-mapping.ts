import { parsePhone } from '../../../shared/std/phone.ts'
import type { PhoneCountry } from '../../../shared/std/phone.ts'

/** `fullName` is "Maria Esposito", `lastNameFirst` is "Esposito Maria". */
export const contactFields = [
  'lastName',
  'firstName',
  'fullName',
  'lastNameFirst',
  'company',
  'phone1',
  'phone2',
  'phone3',
  'email',
  'street',
  'postcode',
  'city',
  'province',
  'birthDate',
  'marketingConsent',
  'externalId',
  'note',
] as const
export type ContactField = (typeof contactFields)[number]
export type MappedField = ContactField | `custom:${string}` | 'ignore'
/** By column, counted from 0. A column that is missing here is ignored. */
export type Mapping = Readonly<Record<number, MappedField>>

type Guess = Exclude<ContactField, 'phone1' | 'phone2' | 'phone3'> | 'phone'

/** Headers as they come out of Italian and English spreadsheets, in plain lower-case words; the first that fits wins. */
const headers: readonly (readonly [Guess, RegExp])[] = [
  ['lastNameFirst', /^(?:cognome (?:e )?nome|last ?name (?:and )?first ?name|surname (?:and )?name)$/],
  [
    'fullName',
    /^(?:nome (?:e )?cognome|nome completo|nominativo|intestatario|cliente|contatto|referente|full ?name|contact(?: name)?|customer)$/,
  ],
  ['lastName', /^(?:cognome|cogn|last ?name|surname|family ?name)$/],
  ['firstName', /^(?:nome|first ?name|given ?name|name)$/],
  [
    'company',
    /^(?:ragione sociale|rag soc|ragsoc|denominazione|azienda|ditta|societa|impresa|company(?: name)?|business|organi[sz]ation)$/,
  ],
  [
    'phone',
    /^(?:(?:numero|num|n|recapito)? ?(?:di )?(?:telefono|tel|telef|cellulare|cell|cel|mobile|fisso|phone|telephone)(?: (?:numero|number|num|fisso|casa|ufficio|mobile|cellulare|principale|secondario|home|work))?|numero|recapito(?: telefonico)?|utenza|mobile phone|home phone|work phone) ?\d?$/,
  ],
  ['email', /^(?:e ?mail|mail|posta elettronica|indirizzo e ?mail|email address|pec)$/],
  ['street', /^(?:indirizzo|via|strada|residenza|address|street(?: address)?|address line 1|indirizzo 1)$/],
  ['postcode', /^(?:cap|c a p|codice postale|post ?code|postal code|zip(?: code)?)$/],
  ['city', /^(?:citta|comune|localita|paese|city|town)$/],
  ['province', /^(?:prov|provincia|pr|sigla provincia|province|county|state)$/],
  [
    'birthDate',
    /^(?:data (?:di )?nascita|nato il|nata il|nascita|dt nascita|birth ?date|date of birth|dob|birthday)$/,
  ],
  [
    'marketingConsent',
    /^(?:(?:cons|consenso)(?: .*)?(?:mkt|marketing|commerciale|privacy|promo\w*)|cons(?:enso)?|privacy|marketing|(?:marketing )?consent|opt ?in)$/,
  ],
  [
    'externalId',
    /^(?:id|codice(?: cliente| contatto)?|cod(?: cliente| cli)?|id ?(?:cliente|contatto|esterno)|customer (?:id|code|number)|external id|matricola)$/,
  ],
  ['note', /^(?:note|nota|annotazioni|osservazioni|commenti|notes?|comments?|remarks?)$/],
]

/** What a header alone says, or undefined. */
export function fieldOfHeader(header: string): Guess | undefined {
  const words = header
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
  return headers.find(([, pattern]) => pattern.test(words))?.[0]
}

/**
 * A first mapping for the supervisor to correct. Headers decide; where one says nothing, or there are none, the sample
 * rows may still show phone numbers and e-mail addresses. The rest becomes the campaign's own fields, empty columns are
 * ignored.
 */
export function suggestMapping(
  headerCells: readonly string[] | null,
  sample: readonly (readonly string[])[],
  country: PhoneCountry,
): Mapping {
  const width = Math.max(headerCells?.length ?? 0, ...sample.map((row) => row.length))
  const columns = Array.from({ length: width }, (_, column) => column)
  const valuesOf = (column: number) =>
    sample.map((row) => row[column]?.trim() ?? '').filter((value) => value !== '')
  const guesses = columns.map((column) => guess(headerCells?.[column] ?? '', valuesOf(column), country))
  const soleName =
    !guesses.includes('lastName') && !guesses.includes('fullName') && !guesses.includes('lastNameFirst')

  const taken = new Set<MappedField>()
  return Object.fromEntries(
    columns.map((column): [number, MappedField] => {
      const named = guesses[column]
      const field = named === 'firstName' && soleName && haveTwoWords(valuesOf(column)) ? 'fullName' : named
      const header = headerCells?.[column]?.trim() ?? ''
      const mapped = firstFree(field, taken) ?? ownField(header, column, valuesOf(column), taken)
      taken.add(mapped)
      return [column, mapped]
    }),
  )
}

/** Values are looked at only where the header means nothing: a tax number looks like a landline. */
function guess(header: string, values: readonly string[], country: PhoneCountry): Guess | undefined {
  const named = fieldOfHeader(header)
  const meansNothing = /^\s*(?:campo|colonna|column|field|col|f)?[\s_.]*\d*\s*$/i.test(header)
  if (named || !meansNothing || values.length === 0) return named
  const most = (fits: (value: string) => boolean) => values.filter(fits).length / values.length >= 0.6
  if (most((value) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value))) return 'email'
  const isPhone = (value: string) => value.replace(/\D/g, '').length >= 9 && parsePhone(value, country).ok
  return most(isPhone) ? 'phone' : undefined
}

const haveTwoWords = (values: readonly string[]) =>
  values.length > 0 && values.filter((value) => /\S\s+\S/.test(value)).length > values.length / 2

function firstFree(field: Guess | undefined, taken: ReadonlySet<MappedField>): ContactField | undefined {
  if (field === undefined) return undefined
  const candidates: readonly ContactField[] = field === 'phone' ? ['phone1', 'phone2', 'phone3'] : [field]
  return candidates.find((candidate) => !taken.has(candidate))
}

function ownField(
  header: string,
  column: number,
  values: readonly string[],
  taken: ReadonlySet<MappedField>,
): MappedField {
  if (header === '' && values.length === 0) return 'ignore'
  // Names of custom fields are used in braces by scripts, where dots and braces mean something.
  const name =
    header
      .replace(/[.{}]+/g, ' ')
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, 60) || String(column + 1)
  return taken.has(`custom:${name}`) ? `custom:${name} ${column + 1}` : `custom:${name}`
}
