import type { HidCollection, HidItem, HidReport } from './hid.ts'

/** USB HID Usage Tables 1.5, chapters 14 (telephony) and 11 (LEDs). */
export const telephonyPage = 0x0b
export const ledPage = 0x08
export const usageOf = (page: number, id: number) => page * 0x1_0000 + id

/** One value inside a report: a usage of its own, or a slot that names which of several usages is on. */
export interface Field {
  reportId: number
  bit: number
  size: number
  /** Absolute: the value is a state. Relative: one press is a 1 and then a 0. */
  isAbsolute: boolean
  /** One usage for a value of its own; for a slot the usages by the number found in it. */
  usages: ReadonlyMap<number, number>
  isSlot: boolean
}

/** Where the usages of a device lie. A report that belongs to nested collections is read once, at the outermost. */
export function fieldsOf(
  collections: readonly HidCollection[],
  direction: 'inputReports' | 'outputReports',
): Field[] {
  const seen = new Set<number>()
  const read = (collection: HidCollection): Field[] => {
    const own = (collection[direction] ?? []).filter(({ reportId = 0 }) => !seen.has(reportId))
    for (const { reportId = 0 } of own) seen.add(reportId)
    return [...own.flatMap(fieldsOfReport), ...(collection.children ?? []).flatMap(read)]
  }
  return collections.flatMap(read)
}

function fieldsOfReport({ reportId = 0, items = [] }: HidReport): Field[] {
  let bit = 0
  return items.flatMap((item) => {
    const { reportSize: size = 0, reportCount: count = 0, isConstant = false } = item
    const from = bit
    bit += size * count
    if (isConstant || size === 0) return []
    const usages = usagesOf(item)
    return Array.from({ length: count }, (_, index): Field => {
      const isSlot = item.isArray === true
      return {
        reportId,
        bit: from + index * size,
        size,
        isAbsolute: item.isAbsolute !== false,
        isSlot,
        usages: isSlot
          ? new Map(usages.map((usage, at) => [at + (item.logicalMinimum ?? 0), usage]))
          : new Map(usages.slice(index, index + 1).map((usage) => [1, usage])),
      }
    }).filter((field) => field.usages.size > 0)
  })
}

function usagesOf(item: HidItem): readonly number[] {
  if (item.isRange !== true) return item.usages ?? []
  const { usageMinimum = 0, usageMaximum = -1 } = item
  // a range of thousands is a vendor's own byte stream, no set of keys
  const length = Math.min(usageMaximum - usageMinimum + 1, 256)
  return Array.from({ length: Math.max(0, length) }, (_, index) => usageMinimum + index)
}

/** Little-endian bits (HID 1.11, section 8); what lies beyond the report is 0. */
export function readBits(data: DataView, bit: number, size: number): number {
  let value = 0
  for (let index = 0; index < size; index++) {
    const at = bit + index
    if (at >> 3 < data.byteLength && (data.getUint8(at >> 3) >> (at & 7)) & 1) value += 2 ** index
  }
  return value
}

export function writeBit(data: Uint8Array, bit: number, on: boolean): void {
  if (on && bit >> 3 < data.length) data[bit >> 3] = (data[bit >> 3] ?? 0) | (1 << (bit & 7))
}

/** Usages that a report says are on, of the fields that it has. */
export function usagesOn(fields: readonly Field[], reportId: number, data: DataView): Map<number, boolean> {
  const on = new Map<number, boolean>()
  for (const field of fields) {
    if (field.reportId !== reportId) continue
    const value = readBits(data, field.bit, field.size)
    for (const [number, usage] of field.usages) {
      const isOn = field.isSlot ? value === number : value !== 0
      on.set(usage, isOn || on.get(usage) === true)
    }
  }
  return on
}

/** `0b:20`, as the usage tables write it. */
export const usageName = (usage: number): string =>
  `${Math.floor(usage / 0x1_0000)
    .toString(16)
    .padStart(2, '0')}:${(usage % 0x1_0000).toString(16).padStart(2, '0')}`
