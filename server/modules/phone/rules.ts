import type { PhoneAccount, PhoneKind } from '../../../shared/crm-api/phone.ts'
import type { UserId } from '../../../shared/std/ids.ts'

/** The operators' phones, as whoever has a switch provides them. */
export interface PhoneAccounts {
  /** Throws `not-in-this-state` (details: `problem`) for a desk phone that is not there, `line-down`. */
  open(user: UserId, session: string, kind: PhoneKind): Promise<PhoneAccount>
  close(user: UserId): Promise<void>
}
