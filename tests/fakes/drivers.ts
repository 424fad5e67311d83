import type { CtiDriver } from '../../main/cti/driver.ts'
import type { CtiEvent } from '../../shared/domain/call/legs.ts'
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
