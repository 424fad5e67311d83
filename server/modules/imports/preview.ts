import type { FileFormat, ImportPreview, Mapping } from '../../../shared/crm-api/imports.ts'
import type { ImportId } from '../../../shared/std/ids.ts'
import type { ImportFiles } from './files.ts'
import type { MappedRow } from './map-row.ts'
import { duplicateKey, mapRow } from './map-row.ts'
import type { TableRow } from './read-table.ts'
import type { Preview } from './rules.ts'
import { country, duplicateProblem, fromMapping, readCells, rowProblem, toMapping } from './rules.ts'
import { suggestMapping } from './suggest-mapping.ts'

const shown = 10
const sampled = 100

/** Reads a whole file once: how it reads, what its columns seem to be, its first rows as they would be loaded. */
export async function preview(
  files: ImportFiles,
  known: (numbers: readonly string[]) => Promise<ReadonlySet<string>>,
  wish: {
    id: ImportId
    fileName: string
    bytes: number
    format: FileFormat | null
    mapping: Mapping | null
    today: string
  },
): Promise<ImportPreview> {
  const { format, header, rows } = await files.open(wish.id, wish.format)
  const sample: TableRow[] = []
  let rowCount = 0
  for await (const row of rows) {
    rowCount++
    if (sample.length < sampled) sample.push(row)
  }
  const cells = sample.flatMap((row) => ('problem' in row ? [] : [row.cells]))
  const width = Math.max(header?.length ?? 0, ...cells.map((row) => row.length))
  const mapping = wish.mapping ?? fromMapping(suggestMapping(header, cells, country), width)
  const mapped = sample.slice(0, shown).map((row) => ({
    row,
    mapped: 'problem' in row ? null : mapRow(row.cells, toMapping(mapping), { country, today: wish.today }),
  }))
  const numbers = mapped.flatMap((each) => (each.mapped?.ok ? [duplicateKey(each.mapped.contact)] : []))
  const taken = await known(numbers)
  const seen = new Set<string>()
  return {
    id: wish.id,
    fileName: wish.fileName,
    bytes: wish.bytes,
    format,
    headers: Array.from({ length: width }, (_, column) => header?.[column] ?? ''),
    mapping,
    rows: mapped.map((each) => previewRow(each, mapping, taken, seen)),
    rowCount,
  }
}

function previewRow(
  { row, mapped }: { row: TableRow; mapped: MappedRow | null },
  fields: Mapping,
  known: ReadonlySet<string>,
  seen: Set<string>,
): Preview {
  const base = { line: row.line, cells: [...row.cells], read: readCells(row.cells, fields, mapped) }
  if (mapped === null) return { ...base, verdict: 'reject', problems: rowProblem(row) }
  if (!mapped.ok) return { ...base, verdict: 'reject', problems: [...mapped.problems] }
  const key = duplicateKey(mapped.contact)
  const where = seen.has(key) ? 'file' : known.has(key) ? 'contacts' : null
  seen.add(key)
  return where === null
    ? { ...base, verdict: 'load', problems: [...mapped.warnings] }
    : { ...base, verdict: 'duplicate', problems: [duplicateProblem(mapped, where)] }
}
