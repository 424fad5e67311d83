import type { Ability, CtiCommand, CtiEvent, LegSnapshot } from '../../shared/domain/call/legs.ts'
import type { LineKind } from '../../shared/crm-api/campaigns.ts'
import type { Schema } from '../../shared/rpc/contract.ts'
import type { Clock, Random } from '../../shared/std/clock.ts'
import type { Event } from '../../shared/std/event.ts'
import type { Log } from '../../shared/std/log.ts'

/**
 * A switch. It has no memory of calls beyond what its protocol needs, and no rules: what two drivers would both need
 * belongs to shared/domain/call. tests/contract/cti-driver.contract.ts is its specification.
 */
export interface CtiDriver {
  readonly name: string
  /** As they are now: a phone on the desk has its own mute key. */
  readonly abilities: ReadonlySet<Ability>
  /** The only door by which facts enter. */
  readonly events: Event<CtiEvent>
  /** Resolves at the first link-up; aborting gives up. A link that breaks later comes back by itself. */
  connect(signal: AbortSignal): Promise<void>
  /**
   * Resolves when the switch accepted the command, not when it happened. A `dial` with a known leg changes nothing.
   * Refuses with `line-down`, with `not-found` for a leg it does not have, `not-in-this-state`, `invalid-input`.
   */
  execute(command: CtiCommand): Promise<void>
  /** Live legs as they are; asked after each link-up. */
  snapshot(): Promise<readonly LegSnapshot[]>
  dispose(): Promise<void>
}

/** Every line there is; a campaign says which one carries its calls. */
export type Lines = Readonly<Record<LineKind, CtiDriver>>

export interface CtiDeps {
  clock: Clock
  random: Random
  log: Log
  /** For drivers that speak themselves. */
  language: () => 'it' | 'en'
}

export interface CtiDriverType<S> {
  readonly name: string
  readonly settings: Schema<S>
  create(settings: S, deps: CtiDeps): CtiDriver
}
