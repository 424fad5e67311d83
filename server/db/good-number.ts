import { sql } from 'kysely'

/** Of a record `r`: its contact has a number that may be rung, neither marked wrong nor on the do-not-call list. */
export const hasGoodNumber = sql<boolean>`exists (
  select from contact_phones phone
  where phone.contact_id = r.contact_id and phone.wrong_by_attempt is null
    and not exists (select from do_not_call d where d.e164 = phone.e164))`

/** Why a record `r` that has none waits in vain; a word of `closedAs`. */
export const whyNoGoodNumber = sql<'do-not-call' | 'wrong-number'>`case when exists (
  select from contact_phones phone join do_not_call d on d.e164 = phone.e164
  where phone.contact_id = r.contact_id) then 'do-not-call' else 'wrong-number' end`
