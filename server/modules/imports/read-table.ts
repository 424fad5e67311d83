import { parse } from 'csv-parse/sync'
import { AppError } from '../../../shared/std/errors.ts'
import { decode } from './decode.ts'
import { declaredSeparator, detect, sampleSize } from './detect.ts'
import type { Separator, TableFormat } from './detect.ts'

export type RowProblemCode =
  | 'too-many-cells'
  | 'too-few-cells'
  | 'quote-not-closed'
  | 'row-too-long'
  | 'cell-too-long'
  | 'too-many-columns'
  | 'nul-bytes'
  | 'unreadable-character'

/** `line` is the line of the file on which the row begins, counted from 1. The first row may be the header. */
export type TableRow =
  | { line: number; cells: readonly string[] }
  | { line: number; cells: readonly string[]; problem: RowProblemCode }

/** `rowLength` and `cellLength` in characters. A quoted cell runs over at most `rowLines` lines. */
export const tableLimits = { rowLength: 1_048_576, cellLength: 10_000, columns: 300, rowLines: 200 } as const

/** Looks at the first bytes, then gives the format and all rows. Throws `file-unreadable` for what is no text table. */
export async function openTable(
  input: AsyncIterable<Uint8Array>,
  corrections: Partial<TableFormat> = {},
): Promise<{ format: TableFormat; rows: AsyncGenerator<TableRow, void, undefined> }> {
  const chunks = input[Symbol.asyncIterator]()
  const first: Uint8Array[] = []
  let size = 0
  let done = false
  while (!done && size < sampleSize) {
    const next = await chunks.next()
    done = next.done === true
    if (next.done !== true) {
      first.push(next.value)
      size += next.value.length
    }
  }
  if (size === 0) throw new AppError('file-unreadable', 'the file is empty', { details: { kind: 'empty' } })
  const head = Buffer.concat(first)
  const format = { ...detect(head.subarray(0, sampleSize), !done || size > sampleSize), ...corrections }
  const whole = async function* () {
    yield head
    yield* { [Symbol.asyncIterator]: () => chunks }
  }
  return { format, rows: readTable(whole(), format) }
}

/**
 * Every row of a table, the header too. A row that cannot be used comes with its problem and what could be read of it;
 * nothing throws. Blank rows are left out. A quote that is never closed costs its own line, not the rest of the file.
 */
export async function* readTable(
  input: AsyncIterable<Uint8Array>,
  format: TableFormat,
): AsyncGenerator<TableRow, void, undefined> {
  let width = 0
  for await (const { line, text } of records(decode(input, format.encoding), format.separator)) {
    if (line === 1 && declaredSeparator(text)) continue
    const row = readRow(line, text, format.separator)
    if (row.cells.every((cell) => cell.trim() === '') && !('problem' in row)) continue
    if (width === 0 && !('problem' in row)) width = row.cells.length
    yield fitted(row, width)
  }
}

interface TextRecord {
  line: number
  text: string
}

/** Physical lines joined while a quoted cell runs on; where it never ends, its first line stands alone. */
async function* records(
  texts: AsyncIterable<string>,
  separator: Separator,
): AsyncGenerator<TextRecord, void, undefined> {
  let waiting: string[] = []
  let line = 1
  function* settle(atEnd: boolean): Generator<TextRecord, void, undefined> {
    while (waiting.length > 0) {
      const length = recordLines(waiting, separator)
      if (length === 'more' && !atEnd) return
      const taken = length === 'more' ? 1 : length
      yield { line, text: waiting.slice(0, taken).join('\n') }
      waiting = waiting.slice(taken)
      line += taken
    }
  }
  for await (const physical of lines(texts)) {
    waiting.push(physical)
    yield* settle(false)
  }
  yield* settle(true)
}

/** Lines without their break. One that is far too long is cut there, so that a file without breaks does not fill memory. */
async function* lines(texts: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  let rest = ''
  for await (const text of texts) {
    const parts = (rest + text).split('\n')
    rest = parts.pop() ?? ''
    yield* parts
    if (rest.length > tableLimits.rowLength * 2) rest = rest.slice(0, tableLimits.rowLength + 1)
  }
  if (rest !== '') yield rest
}

/** How many of the waiting lines make up the first row. */
function recordLines(waiting: readonly string[], separator: Separator): number | 'more' {
  let state: QuoteState = 'outside'
  let length = 0
  for (const [index, line] of waiting.entries()) {
    state = quotesAfter(line, separator, state === 'inside')
    length += line.length + 1
    if (index === 0 && state === 'stray') return 1
    // A quote that "closes" in the middle of a word was never the end of this cell.
    if (state === 'stray' || length > tableLimits.rowLength || index >= tableLimits.rowLines) return 1
    if (state === 'outside') return index + 1
  }
  return 'more'
}

type QuoteState = 'outside' | 'inside' | 'stray'

/** RFC 4180: a quote opens a cell only at its start, is doubled inside it, and closes it before a separator or line end. */
function quotesAfter(line: string, separator: Separator, startInside: boolean): QuoteState {
  if (!startInside && !line.includes('"')) return 'outside'
  let inside = startInside
  let cellStart = !startInside
  let stray = false
  for (let index = 0; index < line.length; index++) {
    const char = line[index]
    if (inside) {
      if (char !== '"') continue
      const next = line[index + 1]
      if (next === '"') index++
      else {
        inside = false
        stray ||= next !== undefined && next !== separator
      }
    } else if (char === '"' && cellStart) {
      inside = true
      cellStart = false
    } else cellStart = char === separator
  }
  if (inside) return 'inside'
  return stray ? 'stray' : 'outside'
}

function readRow(line: number, text: string, separator: Separator): TableRow {
  if (text.length > tableLimits.rowLength)
    return { line, cells: [text.slice(0, 200)], problem: 'row-too-long' }
  if (text.includes('\0'))
    return { line, cells: text.replaceAll('\0', '').split(separator), problem: 'nul-bytes' }
  const cells = cellsOf(text, separator)
  if (!cells) return { line, cells: text.split(separator), problem: 'quote-not-closed' }
  if (text.includes('\uFFFD')) return { line, cells, problem: 'unreadable-character' }
  return { line, cells }
}

function cellsOf(text: string, separator: Separator): readonly string[] | undefined {
  if (!text.includes('"')) return text.split(separator)
  try {
    // The row is already cut out, so that no character ends a record here; a quote inside a bare cell is a quote.
    const options = {
      delimiter: separator,
      relax_quotes: true,
      relax_column_count: true,
      record_delimiter: '\u0000',
    }
    return parse(text, options)[0] ?? []
  } catch {
    return undefined
  }
}

function fitted(row: TableRow, width: number): TableRow {
  if ('problem' in row) return row
  const { line, cells } = row
  if (cells.length > tableLimits.columns)
    return { line, cells: cells.slice(0, tableLimits.columns), problem: 'too-many-columns' }
  if (cells.some((cell) => cell.length > tableLimits.cellLength)) {
    return { line, cells: cells.map((cell) => cell.slice(0, 200)), problem: 'cell-too-long' }
  }
  if (cells.length < width) return { line, cells, problem: 'too-few-cells' }
  // Spreadsheets leave empty cells behind at the end of a row.
  if (cells.slice(width).some((cell) => cell.trim() !== '')) return { line, cells, problem: 'too-many-cells' }
  return cells.length === width ? row : { line, cells: cells.slice(0, width) }
}
