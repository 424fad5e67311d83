import type { StreamMessage } from '../../shared/crm-api/stream.ts'
import type { SupervisionView } from '../../shared/crm-api/supervision.ts'
import type { PhoneAccount } from '../../shared/crm-api/phone.ts'
import type { SupervisionMode } from '../../shared/domain/supervision/supervision.ts'
import type { CallFloor } from './call-floor.ts'
import type { FloorLine, Phoned } from './floor-phones.ts'

/** Supervisors whose page has a phone while they listen, as the server asks for it. */
export function floorSupervisors(floor: CallFloor, line: FloorLine) {
  return async function supervisor() {
    const { user, token } = await floor.createUser('supervisor')
    const { id: sessionId } = await floor.db
      .selectFrom('session')
      .select('id')
      .where('user_id', '=', user.id)
      .executeTakeFirstOrThrow()
    const told: SupervisionView[] = []
    const connect = () =>
      floor.hub.join({
        user: { ...user, displayName: user.username, sessionId },
        send: (message: StreamMessage) => {
          if (message.type === 'supervision') told.push(message.view)
        },
        close: () => {},
      })
    connect()
    const ask = async <T>(name: string, input: object) => {
      const reply = await floor.request<T>(name, input, token)
      await floor.settled()
      return reply
    }
    const must = async <T>(name: string, input: object): Promise<T> => {
      const reply = await ask<T>(name, input)
      if (reply.status !== 200) throw new Error(`${name}: ${JSON.stringify(reply.body)}`)
      return reply.body
    }
    const view = async () => must<SupervisionView>('supervision.state', {})
    const wish = (operator: Phoned, mode: SupervisionMode) => ({ body: { operator: operator.user.id, mode } })
    const openPhone = async () => {
      const account = await must<PhoneAccount>('phone.account', { body: { kind: line.kind } })
      await line.opened(account)
      return account
    }
    return {
      user,
      token,
      sessionId,
      told,
      connect,
      view,
      openPhone,
      ask: (operator: Phoned, mode: SupervisionMode) => ask('supervision.listen', wish(operator, mode)),
      mode: (operator: Phoned, mode: SupervisionMode) => must('supervision.listen', wish(operator, mode)),
      /** Listens, with the phone opened and lifted. */
      listen: async (operator: Phoned, mode: SupervisionMode = 'listen') => {
        await must('supervision.listen', wish(operator, mode))
        await openPhone()
        await line.lifted(async () => (await view()).listening?.state === 'heard')
      },
      stop: () => must('supervision.stop', {}),
      channel: async () => {
        const { channels } = await line.telephony().snapshot()
        return channels.find(({ id }) => id.startsWith(`operator-${user.id}-`))?.id ?? ''
      },
      /** What the audit says of this supervisor, oldest first. */
      audit: () =>
        floor.db
          .selectFrom('audit_entry')
          .selectAll()
          .where('username', '=', user.username)
          .where('action', 'like', 'supervision.%')
          .orderBy('id')
          .execute(),
    }
  }
}
