import type { CheckResult } from '../../../shared/contract/diagnostics.ts'
import type { ConnectionView } from '../../../shared/contract/session.ts'
import type { OutboxView } from '../../../shared/contract/outbox.ts'
import type { Clock } from '../../../shared/std/clock.ts'
import type { Watchable } from '../../../shared/std/event.ts'
import type { Log } from '../../../shared/std/log.ts'
import type { z } from 'zod'
import type { SignedInUser } from '../session/ports.ts'

export interface DiagnosticsPorts {
  /** Asks the server the smallest thing; refuses with a code. */
  askServer: () => Promise<unknown>
  signedIn: Watchable<SignedInUser | null>
  connection: Watchable<ConnectionView>
  /** Writes and syncs a row; throws where the disk does not take it. */
  writeDisk: () => void
  freeDiskBytes: () => Promise<number>
  /** Every line there is; `isNeeded` where this operator cannot work without it. */
  lines: () => readonly { name: string; up: boolean; legs: number; isNeeded: boolean }[]
  /** Events that fitted nothing. */
  ignored: () => number
  /** Null where there is nothing to check: no real calls, or a desk phone. */
  phone: Record<'phone' | 'microphone', () => Pick<CheckResult, 'result' | 'values'> | null>
  outbox: Watchable<z.infer<typeof OutboxView>>
  clock: Clock
  log: Log
}
