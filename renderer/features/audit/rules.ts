/** What the audit is asked for most: who came in, who was refused, who changed whom. */
export const filters = [
  'session.signed-in',
  'session.sign-in-refused',
  'user.created',
  'user.changed',
  'user.password-reset',
  'user.unlocked',
  'campaign.launched',
  'supervision.started',
  'supervision.ended',
  'import.started',
  'recording.listened',
  'recording.deleted',
] as const

/** Dots part the names of texts, so an action is named with a dash. */
export const actionKey = (action: string): string => action.replaceAll('.', '-')

export const isRefusal = (action: string): boolean =>
  action.endsWith('-refused') || action.endsWith('-locked')

/** Plain details in one line: `reason: wrong-password, name: Anna → Anna R.` */
export function detailText(details: Readonly<Record<string, unknown>>): string {
  return Object.entries(details)
    .map(([name, value]) => `${name}: ${isChange(value) ? value.map(plain).join(' → ') : plain(value)}`)
    .join(', ')
}

const isChange = (value: unknown): value is readonly unknown[] => Array.isArray(value) && value.length === 2

const plain = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : JSON.stringify(value)
