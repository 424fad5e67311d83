import { createSimulator } from '../../main/cti/drivers/simulator/simulator.ts'
import { realClock } from '../../main/system/clock.ts'
import { seededRandom } from '../../shared/std/clock.ts'
import { silentLog } from '../../shared/std/log.ts'
import { handClock } from '../fakes/clock.ts'
import { ctiDriverContract } from './cti-driver.contract.ts'

const numbers = {
  answers: '+390815520008',
  busy: '+390815520001',
  rings: '+390815520002',
  unknown: '+390815520006',
}
const deps = { random: seededRandom(1), log: silentLog, language: () => 'it' as const }

ctiDriverContract('simulator, on a clock moved by hand', () => {
  const clock = handClock()
  const driver = createSimulator({ speed: 1, seed: 7 }, { ...deps, clock })
  return {
    driver,
    numbers,
    pass: async () => clock.pass(100),
    cut: () => driver.cut('cable'),
    heal: driver.heal,
  }
})

ctiDriverContract('simulator, in fast-forward', () => {
  const driver = createSimulator({ speed: 200, seed: 7 }, { ...deps, clock: realClock })
  return {
    driver,
    numbers,
    pass: () => new Promise((resolve) => setTimeout(resolve, 1)),
    cut: () => driver.cut('cable'),
    heal: driver.heal,
  }
})
