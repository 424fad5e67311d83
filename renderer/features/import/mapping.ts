import { importFields, type ImportPreview, type Mapping } from '../../../shared/crm-api/imports.ts'

export type MappedField = Mapping[number]

/** Gives a column a field. A field is read from one column only, so whoever had it becomes a field of its own. */
export function assign(
  mapping: Mapping,
  column: number,
  field: MappedField,
  headers: readonly string[],
): Mapping {
  return mapping.map((old, index) => {
    if (index === column) return field
    const isTaken = old === field && field !== 'ignore'
    return isTaken ? ownField(headers, index) : old
  })
}

/** A column of the campaign's own, named by its header; braces and dots mean something in scripts. */
export function ownField(headers: readonly string[], column: number): MappedField {
  const name = (headers[column] ?? '')
    .replace(/[.{}]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 60)
  return `custom:${name || String(column + 1)}`
}

export const fieldsFor = (headers: readonly string[], column: number): readonly MappedField[] => [
  ...importFields,
  ownField(headers, column),
]

/** Somebody to ask for and a number to call: without them no row can be loaded. */
export function missingFields(mapping: Mapping): readonly ('name' | 'phone')[] {
  const has = (...fields: readonly string[]) => mapping.some((field) => fields.includes(field))
  return [
    ...(has('phone1', 'phone2', 'phone3') ? [] : (['phone'] as const)),
    ...(has('lastName', 'firstName', 'fullName', 'lastNameFirst', 'company') ? [] : (['name'] as const)),
  ]
}

/** How many of the rows shown would be loaded, joined to others, or refused. */
export function sampleCounts(rows: ImportPreview['rows']) {
  const count = (verdict: string) => rows.filter((row) => row.verdict === verdict).length
  return { load: count('load'), duplicate: count('duplicate'), reject: count('reject') }
}
