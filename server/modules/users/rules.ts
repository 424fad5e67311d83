import type { User } from '../../../shared/crm-api/users.ts'
import type { UserTable } from '../../db/tables/identity.ts'

export const toUser = (row: UserTable): User => ({
  id: row.id,
  username: row.username,
  displayName: row.display_name,
  role: row.role,
  grammar: row.grammar,
  active: row.active,
  mustChangePassword: row.must_change_password,
  lockedUntil: row.locked_until,
  lastSignInAt: row.last_sign_in_at,
})

// 32 characters, none of which is taken for another when read aloud or from paper: no l, o, 0, 1.
const readable = 'abcdefghijkmnpqrstuvwxyz23456789'

/** Four groups of four, 80 random bits, from 16 random bytes: `wq7m-x2kd-95ht-bn3e`. */
export function oneTimePassword(random: Uint8Array): string {
  const letters = Array.from(random.subarray(0, 16), (byte) => readable.charAt(byte & 31))
  if (letters.length < 16) throw new RangeError('a one-time password needs 16 random bytes')
  return [0, 4, 8, 12].map((at) => letters.slice(at, at + 4).join('')).join('-')
}

/** The fields that a change touches, as [before, after], for the audit. */
export function changedFields(before: User, after: Partial<User>): Record<string, [unknown, unknown]> {
  const entries = Object.entries(after).filter(([field, value]) => before[field as keyof User] !== value)
  return Object.fromEntries(entries.map(([field, value]) => [field, [before[field as keyof User], value]]))
}
