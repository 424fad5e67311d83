import { noPhone } from '../../../shared/crm-api/phone.ts'
import type { supervision, SupervisionView } from '../../../shared/crm-api/supervision.ts'
import { AppError } from '../../../shared/std/errors.ts'
import type { Handlers, RequestContext } from '../../http/handlers.ts'
import { signedIn } from '../../http/handlers.ts'
import type { Listenings } from './rules.ts'

/** `listenings` is null where the server has no switch: nobody can be heard, and asking is refused with `line-down`. */
export function supervisionModule({
  listenings,
}: {
  listenings: Listenings | null
}): Handlers<typeof supervision> {
  const viewFor = (context: RequestContext): SupervisionView => {
    const { id, sessionId } = signedIn(context)
    return listenings?.view(id, sessionId) ?? { listening: null, phone: noPhone }
  }
  return {
    state: async (_input, context) => viewFor(context),

    listen: async ({ body }, context) => {
      if (listenings === null) throw new AppError('line-down', 'this server has no switch')
      const { id, sessionId } = signedIn(context)
      const by = { supervisor: id, session: sessionId, address: context.address }
      await listenings.listen(by, body.operator, body.mode)
      return viewFor(context)
    },

    stop: async (_input, context) => {
      await listenings?.stop(signedIn(context).id)
      return {}
    },
  }
}
