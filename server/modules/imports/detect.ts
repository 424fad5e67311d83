import { AppError } from '../../../shared/std/errors.ts'
import { fieldOfHeader } from './suggest-mapping.ts'

export type TableEncoding = 'utf-8' | 'windows-1252' | 'utf-16le' | 'utf-16be'
export type Separator = ';' | ',' | '\t' | '|'

export interface TableFormat {
  encoding: TableEncoding
  bom: boolean
  separator: Separator
  /** The first row names the columns. */
  header: boolean
}

/** How much of a file is looked at, in bytes. */
export const sampleSize = 64 * 1024
const separators: readonly Separator[] = [';', '\t', ',', '|']

/**
 * What a text table looks like, from its first bytes; `truncated` says that the file goes on after them.
 * Throws `file-unreadable` with `details: { kind }` for what is no text table, so that the page can say what to do.
 */
export function detect(bytes: Uint8Array, truncated: boolean): TableFormat {
  const kind = binaryKind(bytes)
  if (kind) throw new AppError('file-unreadable', `not a text table: ${kind}`, { details: { kind } })
  const { encoding, bom } = encodingOf(bytes, truncated)
  const text = new TextDecoder(encoding).decode(bytes).replace(/\r\n?/g, '\n')
  const [first = '', ...more] = text.split('\n')
  const declared = declaredSeparator(first)
  const sample = declared ? more.join('\n') : text
  const separator = declared ?? likeliestSeparator(sample, truncated)
  return { encoding, bom, separator, header: hasHeader(rowsOf(sample, separator, truncated)) }
}

/** Excel's own first line, `sep=;`, which names the separator and is no row. */
export function declaredSeparator(line: string): Separator | undefined {
  const named = /^"?sep=(.)"?$/i.exec(line.trimEnd() === 'sep=' ? 'sep=\t' : line.replace(/\n$/, ''))?.[1]
  return separators.find((separator) => separator === named)
}

const magic: readonly (readonly [kind: string, beginning: readonly number[]])[] = [
  ['xls', [0xd0, 0xcf, 0x11, 0xe0]],
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
  ['gzip', [0x1f, 0x8b]],
  ['rtf', [0x7b, 0x5c, 0x72, 0x74, 0x66]],
  ['image', [0x89, 0x50, 0x4e, 0x47]],
  ['image', [0xff, 0xd8, 0xff]],
]

/** `xlsx`, `ods`, `zip`, `xls`, `pdf`, `html` … or undefined for text. */
function binaryKind(bytes: Uint8Array): string | undefined {
  const startsWith = (beginning: readonly number[]) => beginning.every((byte, index) => bytes[index] === byte)
  const latin = new TextDecoder('latin1').decode(bytes)
  if (startsWith([0x50, 0x4b, 0x03, 0x04])) {
    if (latin.includes('opendocument.spreadsheet')) return 'ods'
    return latin.includes('[Content_Types].xml') || latin.includes('xl/') ? 'xlsx' : 'zip'
  }
  const known = magic.find(([, beginning]) => startsWith(beginning))
  if (known) return known[0]
  // Management programs export HTML or XML tables under the name of a spreadsheet.
  if (/^[\s\u00ef\u00bb\u00bf]*<(?:!doctype|html|table|\?xml|meta|head)/i.test(latin)) return 'html'
  if (bytes.length > 0 && utf16Without(bytes) === undefined && !hasUtf16Mark(bytes)) {
    let controls = 0
    for (const byte of bytes) if (byte < 9 || (byte > 13 && byte < 32)) controls++
    if (controls / bytes.length > 0.02 && controls > 8) return 'binary'
  }
  return undefined
}

const hasUtf16Mark = (bytes: Uint8Array) =>
  (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)

function encodingOf(bytes: Uint8Array, truncated: boolean): { encoding: TableEncoding; bom: boolean } {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: 'utf-8', bom: true }
  if (hasUtf16Mark(bytes)) return { encoding: bytes[0] === 0xff ? 'utf-16le' : 'utf-16be', bom: true }
  const wide = utf16Without(bytes)
  if (wide) return { encoding: wide, bom: false }
  return { encoding: looksUtf8(bytes, truncated) ? 'utf-8' : 'windows-1252', bom: false }
}

/**
 * Text of another encoding is hardly ever valid UTF-8, and UTF-8 with a broken character here and there is still UTF-8.
 * `truncated` forgives a character cut in two at the end.
 */
export function looksUtf8(bytes: Uint8Array, truncated: boolean): boolean {
  const text = new TextDecoder('utf-8').decode(bytes, { stream: truncated })
  const broken = text.split('\uFFFD').length - 1
  return broken === 0 || (text.match(/[^\0-\u007F\uFFFD]/g) ?? []).length > broken * 4
}

/** UTF-16 without a mark shows as a zero in every other byte of Latin text. */
function utf16Without(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const pairs = Math.floor(bytes.length / 2)
  if (pairs < 2) return undefined
  let even = 0
  let odd = 0
  for (let index = 0; index < pairs * 2; index += 2) {
    if (bytes[index] === 0) even++
    if (bytes[index + 1] === 0) odd++
  }
  if (odd / pairs > 0.4 && even / pairs < 0.05) return 'utf-16le'
  return even / pairs > 0.4 && odd / pairs < 0.05 ? 'utf-16be' : undefined
}

/** The one that cuts most rows into the same number of cells; more cells win, and none means `;`. */
function likeliestSeparator(text: string, truncated: boolean): Separator {
  let best: { separator: Separator; score: number } = { separator: ';', score: 0 }
  for (const separator of separators) {
    const widths = rowsOf(text, separator, truncated).map((row) => row.length)
    const counts = Map.groupBy(widths, (width) => width)
    const [usual = 1, same = []] =
      [...counts].toSorted((left, right) => right[1].length - left[1].length)[0] ?? []
    if (usual < 2) continue
    const headerFits = widths[0] === usual ? 1 : 0.5
    const score = (same.length / widths.length) * headerFits * (1 + Math.min(usual, 20) / 10)
    if (score > best.score) best = { separator, score }
  }
  return best.separator
}

/** The first rows of a sample, separators in quotes left alone; a row that may be cut off is left out. */
function rowsOf(text: string, separator: Separator, truncated: boolean): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  const endRow = () => {
    if (row.length > 0 || cell.trim() !== '') rows.push([...row, cell])
    row = []
    cell = ''
  }
  for (let index = 0; index < text.length && rows.length < 100; index++) {
    const char = text[index] ?? ''
    if (char === '"' && (quoted || cell === '')) quoted = !quoted
    else if (quoted) cell += char
    else if (char === separator) {
      row.push(cell)
      cell = ''
    } else if (char === '\n') endRow()
    else cell += char
  }
  if (!truncated) endRow()
  return rows
}

function hasHeader(rows: readonly (readonly string[])[]): boolean {
  const [first = [], ...others] = rows
  if (first.some((cell) => /@|\d{5,}/.test(cell) || /^\d{1,2}[/-]\d{1,2}[/-]\d{2,4}$/.test(cell.trim())))
    return false
  if (first.some((cell) => fieldOfHeader(cell) !== undefined)) return true
  const digits = (cell: string | undefined) => (cell?.replace(/\D/g, '').length ?? 0) >= 5
  return first.some(
    (cell, column) =>
      cell.trim() !== '' && others.filter((row) => digits(row[column])).length > others.length / 2,
  )
}
