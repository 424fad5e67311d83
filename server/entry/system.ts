import { randomBytes } from 'node:crypto'
import type { Clock } from '../../shared/std/clock.ts'
import type { MakeId } from '../../shared/std/ids.ts'

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, task) => {
    const timer = setTimeout(task, ms)
    return () => clearTimeout(timer)
  },
}

/** A UUID of version 7 (RFC 9562 section 5.7): its first 48 bits are the time, the rest is random. */
export function uuidV7(now: number, random: Uint8Array): string {
  const bytes = Buffer.from(random.subarray(0, 16))
  bytes.writeUIntBE(now, 0, 6)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return bytes.toString('hex').replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5')
}

export const makeUuid: MakeId = () => uuidV7(Date.now(), randomBytes(16))
