import { passwordMinimum } from '../../../shared/crm-api/users.ts'

export interface PasswordRule {
  id: 'length' | 'not-name' | 'not-old' | 'same'
  isMet: boolean
}

/** Shown while typing; the server's rule decides. Length over composition (NIST SP 800-63B, 5.1.1.2; ASVS 5.0, 6.2.1). */
export function passwordRules(
  username: string,
  typed: { current: string; next: string; again: string },
): readonly PasswordRule[] {
  const { current, next, again } = typed
  const hasName = next.toLowerCase().includes(username.toLowerCase())
  return [
    { id: 'length', isMet: [...next].length >= passwordMinimum },
    { id: 'not-name', isMet: next !== '' && !hasName },
    { id: 'not-old', isMet: next !== '' && next !== current },
    { id: 'same', isMet: next !== '' && next === again },
  ]
}
