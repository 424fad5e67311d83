import type { callers } from '../../../shared/crm-api/callers.ts'
import type { OperatorView } from '../../../shared/crm-api/work.ts'
import { AppError } from '../../../shared/std/errors.ts'
import type { CallerId, CampaignId, UserId } from '../../../shared/std/ids.ts'
import type { AttemptId } from '../../../shared/std/ids.ts'
import type { Handlers, RequestContext } from '../../http/handlers.ts'
import { signedIn } from '../../http/handlers.ts'
import type { Db } from './repository.ts'
import { abandonedCallers, listedCaller, takeCaller, waitingCallers } from './repository.ts'

/** Puts a number on the asking operator's desk as a manual offer; `along` stands or falls with it. */
export type DialByHand = (
  context: RequestContext,
  wish: { phone: string; campaign: CampaignId | null },
  along: (tx: Db, attempt: AttemptId) => Promise<void>,
) => Promise<OperatorView>

/** Who waits, who gave up, and the way to call them back. */
export function callersModule({ db, byHand }: { db: Db; byHand: DialByHand }): Handlers<typeof callers> {
  /** A supervisor sees everyone. */
  const ownOnly = (context: RequestContext): UserId | null => {
    const user = signedIn(context)
    return user.role === 'operator' ? user.id : null
  }
  return {
    waiting: (_input, context) => waitingCallers(db, ownOnly(context)),
    abandoned: ({ query }, context) => abandonedCallers(db, ownOnly(context), query, context.now),
    callBack: async ({ params }, context) => {
      const caller = await listedCaller(db, params.id as CallerId, signedIn(context).id, context.now)
      const { number, campaign } = caller
      if (number === null) throw new AppError('invalid-input', 'the number of this caller is withheld')
      return byHand(context, { phone: number, campaign }, (tx, attempt) =>
        takeCaller(tx, { campaign, number, attempt }),
      )
    },
  }
}
