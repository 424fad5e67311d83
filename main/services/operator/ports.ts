import type { CheckResult } from '../../../shared/contract/diagnostics.ts'
import type { Watchable } from '../../../shared/std/event.ts'
import type { CrmCalls } from '../crm/ports.ts'
import type { ServerStream, SignedInUser } from '../session/ports.ts'

export interface OperatorPorts {
  work: Pick<CrmCalls['work'], 'setState' | 'manual' | 'identify'>
  stream: Pick<ServerStream, 'messages' | 'link'>
  signedIn: Watchable<SignedInUser | null>
  runChecks: () => Promise<readonly CheckResult[]>
}
