import type { AbandonedCaller } from '../../../shared/crm-api/callers.ts'
import { formatPhone } from '../../../shared/std/phone.ts'
import type { MessageKey } from '../../../shared/text/keys.ts'

type Known = Pick<AbandonedCaller, 'contact' | 'name' | 'number'>

/** How a caller is called: the contact, what the network said, or that nobody knows. */
export const callerName = ({ contact, name, number }: Known, t: (key: MessageKey) => string): string =>
  contact?.name || name || t(number === null ? 'callers.withheld' : 'callers.unknown')

export const numberText = (e164: string): string => formatPhone(e164, 'IT')
