import type { PhoneAccount, PhoneKind } from '../../../shared/crm-api/phone.ts'
import type { UserId } from '../../../shared/std/ids.ts'

/** The operators' phones, as whoever has a switch provides them. */
export interface PhoneAccounts {
  /**
   * Throws `not-in-this-state` for a desk phone that is not there (details: `problem`) and for a supervisor who does not
   * listen from that session, `line-down`.
   */
  open(user: UserId, session: string, kind: PhoneKind, role: 'operator' | 'supervisor'): Promise<PhoneAccount>
  close(user: UserId): Promise<void>
}
