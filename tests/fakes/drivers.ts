import type { CtiDriver } from '../../main/cti/driver.ts'
import type { CtiCommand, CtiEvent, LegSnapshot } from '../../shared/domain/call/legs.ts'
import { abilities } from '../../shared/domain/call/legs.ts'
import type { ErrorCode } from '../../shared/std/errors.ts'
import { AppError } from '../../shared/std/errors.ts'
import { emitter } from '../../shared/std/event.ts'

/** The same switch, repeating itself: some do, after a link that broke. */
export function everyFactTwice(driver: CtiDriver): CtiDriver {
  const events = emitter<CtiEvent>()
  driver.events((event) => {
    events.emit(event)
    events.emit(event)
  })
  return { ...driver, events: events.event }
}

/** A line in our hands: it says what it is told to say, and does nothing by itself. */
export function lineInHand(name: string) {
  const events = emitter<CtiEvent>()
  const asked: CtiCommand[] = []
  let legs: readonly LegSnapshot[] = []
  let refusal: ErrorCode | null = null
  const driver: CtiDriver = {
    name,
    abilities: new Set(abilities),
    events: events.event,
    connect: async () => {},
    execute: async (command) => {
      asked.push(command)
      if (refusal !== null) throw new AppError(refusal, 'as the test wants it')
    },
    snapshot: async () => legs,
    dispose: async () => {},
  }
  return {
    driver,
    asked,
    tell: events.emit,
    /** The snapshot of the next link-up. */
    has: (...now: LegSnapshot[]) => {
      legs = now
    },
    /** Every command is refused with this; null: accepted again. */
    refuse: (code: ErrorCode | null) => {
      refusal = code
    },
  }
}
