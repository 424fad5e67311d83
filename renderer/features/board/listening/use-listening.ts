import type { SupervisionMode } from '../../../../shared/domain/supervision/supervision.ts'
import type { AppError } from '../../../../shared/std/errors.ts'
import type { UserId } from '../../../../shared/std/ids.ts'
import type { Listening } from '../../../../shared/crm-api/supervision.ts'
import type { PhoneView } from '../../../../shared/crm-api/phone.ts'
import { noPhone } from '../../../../shared/crm-api/phone.ts'
import { useAction } from '../../../client/crm.ts'
import { useView } from '../../../client/desktop.ts'

export interface ListeningAtHand {
  listening: Listening | null
  phone: PhoneView
  listen: (operator: UserId, mode: SupervisionMode) => void
  stop: () => void
  /** `<mode> <operator>` or `stop`, while it is asked. */
  pending: string | null
  error: AppError | null
  clear: () => void
}

/** Whom this supervisor listens to, and how to change it. What was asked is seen in the state that follows. */
export function useListening(): ListeningAtHand {
  const state = useView('supervision.state')
  const { run, pending, error, clear } = useAction()
  return {
    listening: state?.listening ?? null,
    phone: state?.phone ?? noPhone,
    listen: (operator, mode) =>
      void run(`${mode} ${operator}`, (crm) => crm.supervision.listen({ body: { operator, mode } })),
    stop: () => void run('stop', (crm) => crm.supervision.stop({})),
    pending,
    error,
    clear,
  }
}
