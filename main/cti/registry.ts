import { AppError } from '../../shared/std/errors.ts'
import type { CtiDeps, CtiDriver, CtiDriverType } from './driver.ts'
import { simulator } from './drivers/simulator/simulator.ts'

const known = new Map<string, (settings: unknown, deps: CtiDeps) => CtiDriver>([entry(simulator)])

function entry<S>(type: CtiDriverType<S>): [string, (settings: unknown, deps: CtiDeps) => CtiDriver] {
  return [type.name, (settings, deps) => type.create(type.settings.parse(settings), deps)]
}

/** Throws `not-found` for a name nobody registered and a schema's error for settings that do not fit. */
export function createDriver(name: string, settings: unknown, deps: CtiDeps): CtiDriver {
  const create = known.get(name)
  if (!create) throw new AppError('not-found', `no telephony driver named ${name}`)
  return create(settings, deps)
}
