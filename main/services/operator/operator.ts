import type { operator, OperatorStatus } from '../../../shared/contract/operator.ts'
import type { OperatorView } from '../../../shared/crm-api/work.ts'
import type { Host } from '../../../shared/rpc/contract.ts'
import type { z } from 'zod'
import type { BreakReason } from '../../../shared/domain/operator/operator.ts'
import type { AttemptId, CampaignId, ContactId } from '../../../shared/std/ids.ts'
import { AppError } from '../../../shared/std/errors.ts'
import type { Event, Watchable } from '../../../shared/std/event.ts'
import { cell, emitter } from '../../../shared/std/event.ts'
import type { OperatorPorts } from './ports.ts'

type Status = z.infer<typeof OperatorStatus>
type Wish = Parameters<OperatorPorts['work']['setState']>[0]['body']

export interface OperatorService {
  host: Host<{ operator: typeof operator }>['operator']
  status: Watchable<Status>
  takeBreak(input: { reason: BreakReason }): Promise<void>
  /** The record of a number dialled by hand comes to the desk before this resolves. */
  askForNumber(input: { phone: string; campaign?: CampaignId | undefined }): Promise<void>
  /** The record on the desk is of that contact before this resolves. */
  identify(input: { attempt: AttemptId; contact: ContactId }): Promise<void>
  /** What the server says is on the desk, told before the status: "to call" must not show before the key works. */
  work: Event<OnDesk>
}

/** The record on the desk, and what the operator does there. */
type OnDesk = (NonNullable<OperatorView['work']> & Pick<OperatorView, 'state'>) | null

/** Mirrors the server's operator and sends intentions; it decides nothing about the state by itself. */
export function operatorService(ports: OperatorPorts): OperatorService {
  const { work, stream, signedIn } = ports
  const nobody: Status = { connected: false, view: null, asked: null }
  const status = cell<Status>(nobody)
  const onDesk = emitter<OnDesk>()
  let told = 0

  const tell = ({ work: current, ...view }: OperatorView) => {
    told++
    onDesk.emit(current && { ...current, state: view.state })
    status.set({ ...status.current(), view })
  }
  stream.messages((message) => {
    if (message.type === 'operator' && signedIn.current() !== null) tell(message.view)
  })
  stream.link.changed((link) => status.set({ ...status.current(), connected: link === 'up' }))
  signedIn.changed((user) => {
    if (user === null) status.set(nobody)
  })

  const tellLatest = async (request: () => Promise<OperatorView>) => {
    const before = told
    const user = signedIn.current()
    const view = await request()
    // The stream may have told something newer while the answer was on its way.
    if (told === before && signedIn.current() === user) tell(view)
  }
  const ask = async (asked: 'ready' | 'break', body: Wish) => {
    status.set({ ...status.current(), asked })
    try {
      await tellLatest(() => work.setState({ body }))
    } finally {
      status.set({ ...status.current(), asked: null })
    }
  }
  const takeBreak = ({ reason }: { reason: BreakReason }) => ask('break', { to: 'break', reason })
  return {
    work: onDesk.event,
    status,
    takeBreak,
    askForNumber: (body) => tellLatest(() => work.manual({ body })),
    identify: ({ attempt, contact }) =>
      tellLatest(() => work.identify({ params: { id: attempt }, body: { contact } })),
    host: {
      status: () => status,
      ready: async () => {
        const failed = (await ports.runChecks()).find(({ result }) => result === 'failed')
        if (failed) {
          throw new AppError('not-in-this-state', `the check ${failed.id} failed`, {
            details: { check: failed.id },
          })
        }
        await ask('ready', { to: 'ready' })
      },
      takeBreak,
    },
  }
}
