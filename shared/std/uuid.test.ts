import { expect, test } from 'vitest'
import { uuidV7 } from './uuid.ts'

test('an id is a version 7 UUID of its instant', () => {
  // The example of RFC 9562, appendix A.6.
  const random = Uint8Array.from([
    0, 0, 0, 0, 0, 0, 0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f,
  ])
  expect(uuidV7(1_645_557_742_000, random)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f')
})

test('ids of later instants sort behind earlier ones', () => {
  const random = new Uint8Array(16).fill(0xff)
  const ids = [1, 255, 256, 65_536, 1_700_000_000_000, 1_700_000_000_001].map((now) => uuidV7(now, random))
  expect(ids.toSorted()).toEqual(ids)
})
