import type { SupervisionView } from '../../../shared/crm-api/supervision.ts'
import type { SupervisionMode } from '../../../shared/domain/supervision/supervision.ts'
import type { UserId } from '../../../shared/std/ids.ts'

/** Listening to calls, as whoever has a switch provides it. */
export interface Listenings {
  view(user: UserId, session: string): SupervisionView
  /** Throws `not-in-this-state` (details: `reason`) where there is no call to hear, `line-down`. */
  listen(
    by: { supervisor: UserId; session: string; address: string },
    operator: UserId,
    mode: SupervisionMode,
  ): Promise<void>
  stop(user: UserId): Promise<void>
}
