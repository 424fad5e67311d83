import type { Clock, Random } from '../../../shared/std/clock.ts'
import type { Log } from '../../../shared/std/log.ts'
import { telephonyOver } from '../over-wire.ts'
import type { Telephony } from '../port.ts'
import type { AriSettings } from './http.ts'
import { ariWire } from './wire.ts'

/** The telephony port on a real Asterisk 22. `trunk` is its endpoint towards the outside. */
export function ariTelephony(
  settings: AriSettings & { trunk: string },
  deps: { clock: Clock; random: Random; log: Log },
): Telephony {
  return telephonyOver(ariWire(settings, deps), deps)
}
