import type { Colleague, Group, LineCommand, lines, LineState } from '../../../shared/crm-api/lines.ts'
import { AppError } from '../../../shared/std/errors.ts'
import type { LegId, UserId } from '../../../shared/std/ids.ts'
import type { Handlers } from '../../http/handlers.ts'
import { signedIn } from '../../http/handlers.ts'

/** The operators' legs, as whoever has a switch provides them. */
export interface OperatorLines {
  state(user: UserId): Promise<LineState>
  colleagues(user: UserId): Promise<Colleague[]>
  groups(): Promise<Group[]>
  /** Throws `not-found` for a leg that is not this operator's, `not-in-this-state`, `invalid-input`, `line-down`. */
  command(user: UserId, leg: LegId, command: LineCommand, key: string): Promise<void>
}

/** `legs` is null where the server has no switch: nobody has a leg, and every command is refused with `line-down`. */
export function linesModule({ legs }: { legs: OperatorLines | null }): Handlers<typeof lines> {
  return {
    snapshot: async (_input, context) => legs?.state(signedIn(context).id) ?? { link: 'down', legs: [] },
    colleagues: async (_input, context) => legs?.colleagues(signedIn(context).id) ?? [],
    groups: async () => legs?.groups() ?? [],
    command: async ({ params, body }, context) => {
      if (legs === null) throw new AppError('line-down', 'this server has no switch')
      if (context.key === null) throw new AppError('invalid-input', 'an Idempotency-Key is needed')
      await legs.command(signedIn(context).id, params.leg, body, context.key)
      return {}
    },
  }
}
