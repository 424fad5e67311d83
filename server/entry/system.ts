import { randomBytes } from 'node:crypto'
import type { Clock } from '../../shared/std/clock.ts'
import type { MakeId } from '../../shared/std/ids.ts'
import { uuidV7 } from '../../shared/std/uuid.ts'

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, task) => {
    const timer = setTimeout(task, ms)
    return () => clearTimeout(timer)
  },
}

export const makeUuid: MakeId = () => uuidV7(Date.now(), randomBytes(16))
