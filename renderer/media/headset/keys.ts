import type { HeadsetKey, HeadsetLamps } from '../../../shared/contract/media.ts'
import type { Instant } from '../../../shared/std/clock.ts'
import type { HidCollection } from './hid.ts'
import { fieldsOf, ledPage, telephonyPage, usageName, usageOf, usagesOn, writeBit } from './layout.ts'
import type { Field } from './layout.ts'

const phone = (id: number) => usageOf(telephonyPage, id)
const hookSwitch = phone(0x20)
const muteKey = phone(0x2f)
/** Keys where pressing is all there is to know. */
const plainKeys: ReadonlyMap<number, HeadsetKey> = new Map([
  [phone(0x21), 'flash'],
  [phone(0x24), 'redial'],
  [phone(0x26), 'drop'],
])

const lampUsages: Readonly<Record<keyof HeadsetLamps, readonly number[]>> = {
  offHook: [usageOf(ledPage, 0x17)],
  // some answer to the ringer of the telephony page instead of the lamp
  ring: [usageOf(ledPage, 0x18), phone(0x9e)],
  mute: [usageOf(ledPage, 0x09)],
  hold: [usageOf(ledPage, 0x20)],
}
export const lampNames = Object.keys(lampUsages) as (keyof HeadsetLamps)[]

/** Contacts bounce for some milliseconds; nobody presses a key twice in this time. */
const bounceMs = 150
/** A key that was held shorter than this was a press, not a state. */
const holdMs = 700

export interface HeadsetModel {
  inputs: readonly Field[]
  outputs: readonly Field[]
  keys: readonly HeadsetKey[]
  lamps: readonly (keyof HeadsetLamps)[]
}

export function modelOf(collections: readonly HidCollection[]): HeadsetModel {
  const inputs = fieldsOf(collections, 'inputReports')
  const outputs = fieldsOf(collections, 'outputReports')
  const has = (fields: readonly Field[], usage: number) =>
    fields.some(({ usages }) => [...usages.values()].includes(usage))
  return {
    inputs,
    outputs,
    keys: [
      ...(has(inputs, hookSwitch) ? (['hook-on', 'hook-off'] as const) : []),
      ...(has(inputs, muteKey) ? (['mute'] as const) : []),
      ...[...plainKeys].flatMap(([usage, key]) => (has(inputs, usage) ? [key] : [])),
    ],
    lamps: lampNames.filter((name) => lampUsages[name].some((usage) => has(outputs, usage))),
  }
}

export interface HeadsetMemory {
  on: ReadonlySet<number>
  /** When each usage last went on. */
  wentOn: ReadonlyMap<number, Instant>
  pressedAt: ReadonlyMap<HeadsetKey, Instant>
}
export const freshHeadset: HeadsetMemory = { on: new Set(), wentOn: new Map(), pressedAt: new Map() }

export interface Heard {
  memory: HeadsetMemory
  /** `0b:20 on`, one per usage that changed. */
  usages: string[]
  key: HeadsetKey | null
}

/**
 * What a report means. A hook that moves to where the lamp already is only confirms the lamp: devices echo it. The same
 * goes for a mute key that is a state; one that is a press counts when it goes down.
 */
export function hear(
  model: HeadsetModel,
  memory: HeadsetMemory,
  report: { reportId: number; data: DataView },
  lamps: HeadsetLamps,
  now: Instant,
): Heard {
  const values = usagesOn(model.inputs, report.reportId, report.data)
  const on = new Set(memory.on)
  const wentOn = new Map(memory.wentOn)
  const changed: [number, boolean][] = []
  for (const [usage, isOn] of values) {
    if (isOn === memory.on.has(usage)) continue
    changed.push([usage, isOn])
    if (isOn) {
      on.add(usage)
      wentOn.set(usage, now)
    } else on.delete(usage)
  }
  const meant = changed.flatMap(([usage, isOn]) => meaningOf(model, usage, isOn, memory, lamps, now))
  const key = meant.find((each) => now - (memory.pressedAt.get(each) ?? -Infinity) >= bounceMs) ?? null
  const pressedAt = key === null ? memory.pressedAt : new Map([...memory.pressedAt, [key, now]])
  return {
    memory: { on, wentOn, pressedAt },
    usages: changed.map(([usage, isOn]) => `${usageName(usage)} ${isOn ? 'on' : 'off'}`),
    key,
  }
}

function meaningOf(
  model: HeadsetModel,
  usage: number,
  isOn: boolean,
  memory: HeadsetMemory,
  lamps: HeadsetLamps,
  now: Instant,
): HeadsetKey[] {
  if (usage === hookSwitch) return isOn === lamps.offHook ? [] : [isOn ? 'hook-off' : 'hook-on']
  if (usage === muteKey) {
    if (!isAbsolute(model, muteKey)) return isOn ? ['mute'] : []
    if (isOn) return lamps.mute ? [] : ['mute']
    const wasPress = now - (memory.wentOn.get(usage) ?? now) < holdMs
    return wasPress || !lamps.mute ? [] : ['mute']
  }
  const plain = plainKeys.get(usage)
  return plain !== undefined && isOn ? [plain] : []
}

const isAbsolute = (model: HeadsetModel, usage: number) =>
  model.inputs.some((field) => field.isAbsolute && [...field.usages.values()].includes(usage))

/** The reports that light these lamps: one for each report that has any, with all of its lamps in it. */
export function lampReports(
  model: HeadsetModel,
  lamps: HeadsetLamps,
): { reportId: number; data: Uint8Array<ArrayBuffer> }[] {
  const wanted = new Map(lampNames.flatMap((name) => lampUsages[name].map((usage) => [usage, lamps[name]])))
  const isLamp = (field: Field) => [...field.usages.values()].some((usage) => wanted.has(usage))
  const ids = [...new Set(model.outputs.filter(isLamp).map(({ reportId }) => reportId))]
  return ids.map((reportId) => {
    const fields = model.outputs.filter((field) => field.reportId === reportId)
    const bits = Math.max(...fields.map(({ bit, size }) => bit + size))
    const data = new Uint8Array(Math.ceil(bits / 8))
    for (const { bit, usages } of fields) {
      for (const usage of usages.values()) writeBit(data, bit, wanted.get(usage) === true)
    }
    return { reportId, data }
  })
}
