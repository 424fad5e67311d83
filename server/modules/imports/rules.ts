import type { z } from 'zod'
import type {
  FileFormat,
  ImportJob,
  Mapping as ApiMapping,
  PreviewRow,
} from '../../../shared/crm-api/imports.ts'
import { formatPhone } from '../../../shared/std/phone.ts'
import type { RowProblem } from '../../db/tables/work.ts'
import type { MappedRow } from './map-row.ts'
import { duplicateKey } from './map-row.ts'
import type { TableRow } from './read-table.ts'
import type { MappedField, Mapping } from './suggest-mapping.ts'

/** Numbers without a country are of this one, and shown as people there write them. */
export const country = 'IT'

export type Preview = z.infer<typeof PreviewRow>
export type Job = z.infer<typeof ImportJob>

export const toMapping = (fields: ApiMapping): Mapping =>
  Object.fromEntries(fields.map((field, column) => [column, field as MappedField]))

export const fromMapping = (mapping: Mapping, width: number): ApiMapping =>
  Array.from({ length: width }, (_, column) => (mapping[column] ?? 'ignore') as ApiMapping[number])

export const toFormat = ({ encoding, separator, header }: FileFormat): FileFormat => ({
  encoding,
  separator,
  header,
})

/** A field may come from one column only, and without a number there is nobody to call. */
export function mappingProblem(fields: ApiMapping): 'no-phone-column' | 'field-twice' | null {
  const used = fields.filter((field) => field !== 'ignore')
  if (new Set(used).size < used.length) return 'field-twice'
  return used.some((field) => field.startsWith('phone')) ? null : 'no-phone-column'
}

/** Why a row that could be read is not loaded: someone with its number is already there. */
export const duplicateProblem = (
  mapped: Extract<MappedRow, { ok: true }>,
  where: 'file' | 'contacts',
): RowProblem => ({
  column: null,
  code: where === 'file' ? 'duplicate-in-file' : 'duplicate-contact',
  value: duplicateKey(mapped.contact),
})

/** Of a row whose text itself could not be read. */
export const rowProblem = (row: TableRow): RowProblem[] =>
  'problem' in row ? [{ column: null, code: row.problem, value: '' }] : []

/** How each cell was understood, where that is not what is written. */
export function readCells(
  cells: readonly string[],
  fields: ApiMapping,
  mapped: MappedRow | null,
): (string | null)[] {
  if (!mapped?.ok) return cells.map(() => null)
  const { contact } = mapped
  return cells.map((cell, column) => {
    const field = fields[column] ?? 'ignore'
    const understood = field.startsWith('phone')
      ? contact.phones
          .filter(({ raw }) => cell.includes(raw))
          .map(({ e164 }) => formatPhone(e164, country))
          .join(' / ')
      : field === 'birthDate'
        ? contact.birthDate
        : field === 'postcode'
          ? contact.postcode
          : null
    return understood === '' || understood === cell ? null : understood
  })
}

const reasons: Record<string, string> = {
  'no-phone': 'manca il numero di telefono',
  'no-name': 'manca il nome',
  'phone-empty': 'numero vuoto',
  'phone-too-short': 'numero troppo corto',
  'phone-too-long': 'numero troppo lungo',
  'phone-letters': 'ci sono lettere nel numero',
  'phone-several-numbers': 'più numeri nella stessa cella',
  'phone-not-a-number': 'non è un numero di telefono',
  'phone-premium': 'numero a pagamento',
  'duplicate-in-file': 'numero già presente nel file',
  'duplicate-contact': 'numero già presente tra i contatti',
  'too-many-cells': 'troppe celle nella riga',
  'too-few-cells': 'celle mancanti nella riga',
  'quote-not-closed': 'virgolette non chiuse',
  'row-too-long': 'riga troppo lunga',
  'cell-too-long': 'cella troppo lunga',
  'too-many-columns': 'troppe colonne',
  'nul-bytes': 'byte nulli nella riga',
  'unreadable-character': 'carattere illeggibile',
}

/** In words and in code, for people and for programs. */
export const reasonOf = (problems: readonly RowProblem[]): string =>
  problems
    .map(({ code, value }) => `${reasons[code] ?? code}${value === '' ? '' : ` «${value}»`} [${code}]`)
    .join('; ')

/** A line of the file of rejected rows: RFC 4180 with `;`, as Italian spreadsheets read it. */
export const csvLine = (cells: readonly string[]): string =>
  `${cells.map((cell) => (/[";\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(';')}\r\n`
