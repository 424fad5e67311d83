import type { OperatorStatus } from '../../../shared/contract/operator.ts'
import type { Settings } from '../../../shared/contract/settings.ts'
import type { SupervisionState } from '../../../shared/contract/supervision.ts'
import type { ConnectionView } from '../../../shared/contract/session.ts'
import type { PhoneView } from '../../../shared/crm-api/phone.ts'
import type { BreakReason } from '../../../shared/domain/operator/operator.ts'
import type { Clock, Random } from '../../../shared/std/clock.ts'
import type { Watchable } from '../../../shared/std/event.ts'
import type { Log } from '../../../shared/std/log.ts'
import type { CrmCalls } from '../crm/ports.ts'
import type { SignedInUser } from '../session/ports.ts'

export interface PhonePorts {
  phone: Pick<CrmCalls['phone'], 'account' | 'leave'>
  signedIn: Watchable<SignedInUser | null>
  connection: Watchable<ConnectionView>
  operator: Watchable<OperatorStatus>
  /** A supervisor has a phone while listening, and only then. */
  supervision: Watchable<SupervisionState>
  settings: Watchable<Settings>
  takeBreak: (input: { reason: BreakReason }) => Promise<void>
  /** The page may connect only where its policy lets it: the gateway's origin, for the next page that is loaded. */
  rememberGateway: (origin: string) => void
  clock: Clock
  random: Random
  log: Log
}

/** The operator's microphone and bell, for whoever moves calls. */
export interface PagePhone {
  /**
   * Silence instead of the operator's voice, also after a reload; the leg stays. Say `false` before each new call.
   * Refused with `line-down` where no page holds the phone.
   */
  mute(on: boolean): Promise<void>
  /** Rings in the page that holds the phone, also after a reload; without one nothing happens. */
  ring(on: boolean, kind?: 'call' | 'leg'): Promise<void>
}

/** Null: not asked for, since no campaign of this operator makes or takes real calls, and nobody listens. */
export interface PhoneFacts {
  view: PhoneView | null
  kind: 'web' | 'desk'
}
