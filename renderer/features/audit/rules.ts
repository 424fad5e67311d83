import type { z } from 'zod'
import type { AuditEntry } from '../../../shared/crm-api/audit.ts'

export type Entry = z.infer<typeof AuditEntry>

/** Dots part the names of texts, so an action is named with a dash. */
export const actionKey = (action: string): string => action.replaceAll('.', '-')

export const isRefusal = (action: string): boolean => action.endsWith('refused')

/** Done by the server by itself: at its start, or because a time was over. */
export const isOfServer = ({ username, address }: Pick<Entry, 'username' | 'address'>): boolean =>
  username === null && (address === '' || address === 'server')

/** What details say, in the order in which they are read; all have words in `audit.fields`. */
export const fields = [
  'operator',
  'user',
  'userId',
  'username',
  'displayName',
  'role',
  'grammar',
  'active',
  'campaign',
  'code',
  'version',
  'outcome',
  'effect',
  'reason',
  'why',
  'until',
  'phone',
  'mode',
  'from',
  'to',
  'operatorTold',
  'recordedAt',
  'file',
  'import',
  'rows',
  'added',
  'alreadyIn',
  'count',
  'days',
  'users',
  'deskPhone',
  'dialPrefix',
  'attempt',
  'record',
  'recording',
  'call',
  'listening',
  'session',
] as const

/** What the subject of an action is. An import is told by its file. */
const subjects: Readonly<Record<string, (typeof fields)[number]>> = {
  session: 'session',
  user: 'user',
  campaign: 'campaign',
  call: 'campaign',
  demo: 'campaign',
  attempt: 'attempt',
  supervision: 'operator',
  recording: 'recording',
  outcome: 'outcome',
  import: 'file',
}

/** Fields whose values have words in `audit.values`, and those that are points in time. */
const worded: ReadonlySet<string> = new Set(['role', 'grammar', 'effect', 'reason', 'why', 'mode'])
const instants: ReadonlySet<string> = new Set(['until', 'from', 'to', 'recordedAt'])

export type Value =
  | { kind: 'instant'; at: number }
  | { kind: 'number'; number: number }
  | { kind: 'flag'; is: boolean }
  | { kind: 'word'; word: string }
  | { kind: 'outcome'; code: string }
  | { kind: 'text'; text: string }
  | { kind: 'nothing' }

export interface Detail {
  field: string
  /** False where we have no words for the field. */
  isKnown: boolean
  /** Two where it changed: before and after. */
  values: readonly Value[]
}

/** Subject and details, what can be read first: then ids that nothing is known of, last what we have no words for. */
export function detailsOf({ action, subject, details, names }: Entry): readonly Detail[] {
  const subjectField = subjects[action.split('.')[0] ?? ''] ?? 'subject'
  const said = { ...details }
  if ('mode' in said && 'before' in said) {
    said.mode = [said.before, said.mode]
    delete said.before
  }
  if (subject !== null && (said[subjectField] === undefined || names[subject] !== undefined))
    said[subjectField] = subject
  const isRaw = (value: unknown) => typeof value === 'string' && isId(value) && names[value] === undefined
  const placeOf = (field: string) => {
    const place = fields.findIndex((name) => name === field)
    if (place < 0) return 2 * fields.length
    return isRaw(said[field]) ? fields.length + place : place
  }
  return Object.entries(said)
    .toSorted(([one], [other]) => placeOf(one) - placeOf(other))
    .map(([field, value]) => ({
      field,
      isKnown: placeOf(field) < 2 * fields.length,
      values: isChange(action, value)
        ? value.map((each) => valueOf(field, each, names))
        : [valueOf(field, value, names)],
    }))
}

const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

const isChange = (action: string, value: unknown): value is readonly unknown[] =>
  Array.isArray(value) && value.length === 2 && action.endsWith('changed')

function valueOf(field: string, value: unknown, names: Entry['names']): Value {
  if (value === null || value === undefined || value === '') return { kind: 'nothing' }
  if (typeof value === 'boolean') return { kind: 'flag', is: value }
  if (instants.has(field)) {
    const at = typeof value === 'number' ? value : Date.parse(String(value))
    if (!Number.isNaN(at)) return { kind: 'instant', at }
  }
  if (typeof value === 'number') return { kind: 'number', number: value }
  if (typeof value === 'string') {
    if (worded.has(field)) return { kind: 'word', word: value }
    if (field === 'outcome') return { kind: 'outcome', code: value }
    return { kind: 'text', text: names[value] ?? value }
  }
  if (Array.isArray(value) && value.every((each) => typeof each === 'string'))
    return { kind: 'text', text: value.map((each) => names[each] ?? each).join(', ') }
  return { kind: 'text', text: JSON.stringify(value) }
}
