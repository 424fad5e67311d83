import type { SupervisionState } from '../../shared/contract/supervision.ts'
import type { Board } from '../../shared/crm-api/board.ts'
import type { Listening } from '../../shared/crm-api/supervision.ts'
import type { Clock } from '../../shared/std/clock.ts'
import { AppError } from '../../shared/std/errors.ts'
import type { Cell } from '../../shared/std/event.ts'
import type { AttemptId, UserId } from '../../shared/std/ids.ts'

/** So long the phone of the page takes to be called. */
const phoneMs = 600

/** Listening as the server does it, without a switch: the phone comes up, then the call is heard. */
export function fakeSupervision(ports: {
  clock: Clock
  state: Cell<SupervisionState>
  board: () => Board | null
}) {
  const { clock, state } = ports
  const phone = (isUp: boolean) =>
    ({ needed: true, kind: 'web', state: isUp ? 'up' : 'registered', problem: null }) as const
  const none = {
    listening: null,
    phone: { needed: false, kind: null, state: 'none', problem: null },
  } as const
  state.set(none)

  function operatorOf(id: UserId) {
    const operator = ports.board()?.operators.find((one) => one.id === id)
    if (operator?.hearing === 'possible') return operator
    throw new AppError('not-in-this-state', 'no call', { details: { reason: 'no-call' } })
  }
  const tell = (listening: Listening) => state.set({ listening, phone: phone(listening.state !== 'phone') })

  function begin(id: UserId, mode: Listening['mode']): Listening {
    const { name, campaign } = operatorOf(id)
    const contact = ports.board()?.calls.find(({ operator }) => operator === name)?.contact ?? ''
    return {
      operator: { id, name },
      mode,
      state: 'heard',
      since: clock.now(),
      call: { attempt: 'heard' as AttemptId, campaign: campaign ?? '', contact },
      isOperatorTold: true,
      isElsewhere: false,
    }
  }

  return {
    listen: ({ body }: { body: { operator: UserId; mode: Listening['mode'] } }) => {
      const { listening } = state.current() ?? none
      if (listening?.operator.id === body.operator) tell({ ...listening, mode: body.mode })
      else {
        const begun = begin(body.operator, body.mode)
        tell({ ...begun, state: 'phone', call: null })
        clock.after(phoneMs, () => {
          if (state.current()?.listening?.operator.id === body.operator)
            tell({ ...begun, since: clock.now() })
        })
      }
      return state.current()
    },
    stop: () => {
      state.set(none)
      return {}
    },
    /** As a picture needs it. */
    stage: (id: string, change: Partial<Listening>) => tell({ ...begin(id as UserId, 'listen'), ...change }),
    lose: () => {
      const { listening } = state.current() ?? none
      if (listening === null) return
      const problem = 'no-answer' as const
      state.set({
        listening: { ...listening, state: 'phone', call: null },
        phone: { ...phone(false), problem },
      })
    },
  }
}
