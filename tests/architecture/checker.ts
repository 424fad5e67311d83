import { posix } from 'node:path'
import { parseSync } from 'vite'
import { longestFile, type Row, sources, table, testsMay } from './import-table.ts'

interface Import {
  from: string
  typeOnly: boolean
}

export interface Facts {
  imports: readonly Import[]
  /** Expressions such as `process.env`, `Date.now()`, `new Date()`, written without their arguments. */
  expressions: ReadonlySet<string>
  lines: number
}

type Node = Readonly<Record<string, unknown>> & { type: string }

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** `process.env` of a member expression, `name` of an identifier, else nothing. */
function nameOf(node: unknown): string {
  if (!isNode(node)) return ''
  if (node.type === 'Identifier') return textOf(node['name'])
  if (node.type === 'ChainExpression') return nameOf(node['expression'])
  if (node.type !== 'MemberExpression' || node['computed'] === true) return ''
  const object = nameOf(node['object'])
  return object === '' ? '' : `${object}.${nameOf(node['property'])}`
}

function expressionOf(node: Node): string {
  if (node.type === 'MemberExpression') return nameOf(node)
  const callee = nameOf(node['callee'])
  const given = Array.isArray(node['arguments']) && node['arguments'].length > 0
  // A Date made from an instant is a conversion; only the one without arguments reads the clock.
  if (given && callee === 'Date') return ''
  if (node.type === 'CallExpression') return `${callee}()`
  return node.type === 'NewExpression' ? `new ${callee}()` : ''
}

const isTypeOnly = (node: Node): boolean => {
  if (node['importKind'] === 'type' || node['exportKind'] === 'type') return true
  const names = Array.isArray(node['specifiers']) ? node['specifiers'].filter(isNode) : []
  return (
    names.length > 0 && names.every((name) => name['importKind'] === 'type' || name['exportKind'] === 'type')
  )
}

const importingNodes = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
])

/** What a source file imports and which expressions it uses; throws where it cannot be read. */
export function factsOf(path: string, text: string): Facts {
  const parsed = parseSync(path, text)
  if (parsed.errors.length > 0) throw new Error(`${path}: ${parsed.errors[0]?.message}`)
  const imports: Import[] = []
  const expressions = new Set<string>()
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item)
    if (!isNode(value)) return
    if (importingNodes.has(value.type) && isNode(value['source'])) {
      const typeOnly = value.type === 'TSImportType' || isTypeOnly(value)
      imports.push({ from: textOf(value['source']['value']), typeOnly })
    }
    const expression = expressionOf(value)
    if (expression !== '') expressions.add(expression)
    for (const part of Object.values(value)) if (typeof part === 'object') visit(part)
  }
  visit(parsed.program)
  return { imports, expressions, lines: text.trimEnd().split('\n').length }
}

const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path)

/** The part of `path` that `pattern` covers (`main/services/*` covers `main/services/call`), or nothing. */
export function covered(pattern: string, path: string): string | undefined {
  const words = pattern.split('/')
  const parts = path.split('/')
  const fits =
    words.length <= parts.length && words.every((word, index) => word === '*' || word === parts[index])
  return fits ? parts.slice(0, words.length).join('/') : undefined
}

export const rowOf = (path: string): Row | undefined =>
  table
    .filter((row) => covered(row.files, path) !== undefined)
    .toSorted((one, other) => other.files.length - one.files.length)[0]

const packageOf = (from: string): string =>
  from
    .split('/')
    .slice(0, from.startsWith('@') ? 2 : 1)
    .join('/')

function allowsPackage(pattern: string, { from, typeOnly }: Import): boolean {
  if (pattern.endsWith(' (types)'))
    return typeOnly && packageOf(from) === pattern.slice(0, -' (types)'.length)
  if (pattern === 'node:') return from.startsWith('node:')
  if (pattern.endsWith('/*')) return from.startsWith(pattern.slice(0, -1))
  return packageOf(from) === pattern
}

const nothing = { may: [], packages: [] }

function importProblem(path: string, row: Row, item: Import): string | undefined {
  const extra = isTest(path) ? { ...testsMay, may: [...testsMay.may, path.split('/')[0] ?? ''] } : nothing
  if (!item.from.startsWith('.')) {
    const allowed = [...row.packages, ...extra.packages].some((pattern) => allowsPackage(pattern, item))
    return allowed ? undefined : `${path} imports the package ${item.from}, which ${row.files} may not`
  }
  const target = posix.join(posix.dirname(path), item.from)
  const own = covered(row.files, path)
  const allowed = [...row.may, ...extra.may].some((pattern) => covered(pattern, target) !== undefined)
  if (allowed || (own !== undefined && covered(own, target) !== undefined)) return undefined
  return `${path} imports ${target}, which ${row.files} may not`
}

/** Everything in which a file breaks the table, as sentences; empty when it keeps it. */
export function problemsOf(path: string, text: string): readonly string[] {
  const facts = factsOf(path, text)
  const row = rowOf(path)
  if (row === undefined) return [`${path} is in a folder that no row of the table covers`]
  const problems = facts.imports
    .map((item) => importProblem(path, row, item))
    .filter((found) => found !== undefined)
  for (const source of isTest(path) ? [] : sources) {
    if (source.only.some((place) => covered(place, path) !== undefined)) continue
    const used = [
      ...source.expressions.filter((expression) => facts.expressions.has(expression)),
      ...source.modules.filter((name) => facts.imports.some((item) => item.from === name && !item.typeOnly)),
    ]
    problems.push(
      ...used.map((name) => `${path} uses ${name}: ${source.what} belong in ${source.only.join(', ')}`),
    )
  }
  if (facts.lines > longestFile) problems.push(`${path} has ${facts.lines} lines, more than ${longestFile}`)
  return problems
}
