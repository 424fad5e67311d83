import type { supervision, SupervisionState } from '../../../shared/contract/supervision.ts'
import type { Host } from '../../../shared/rpc/contract.ts'
import type { Watchable } from '../../../shared/std/event.ts'
import { cell } from '../../../shared/std/event.ts'
import type { SupervisionPorts } from './ports.ts'

export interface SupervisionService {
  host: Host<{ supervision: typeof supervision }>['supervision']
  state: Watchable<SupervisionState>
}

/** Mirrors what the server says of a supervisor's listening; the phone follows it. */
export function supervisionService({ stream, signedIn }: SupervisionPorts): SupervisionService {
  const state = cell<SupervisionState>(null)
  stream.messages((message) => {
    if (message.type === 'supervision' && signedIn.current() !== null) state.set(message.view)
  })
  signedIn.changed((user) => {
    if (user === null) state.set(null)
  })
  return { state, host: { state: () => state } }
}
