import type { HeadsetKey, HeadsetLamps, HeadsetReport, MediaState } from '../../../shared/contract/media.ts'
import { darkLamps } from '../../../shared/contract/media.ts'
import type { Clock } from '../../../shared/std/clock.ts'
import type { Event, Watchable } from '../../../shared/std/event.ts'
import { cell, emitter } from '../../../shared/std/event.ts'
import type { HidDevice, HidInput, HidPort } from './hid.ts'
import type { HeadsetMemory, HeadsetModel } from './keys.ts'
import { freshHeadset, hear, lampReports, modelOf } from './keys.ts'
import { telephonyPage } from './layout.ts'

export interface Headset {
  state: Watchable<MediaState['headset']>
  reports: Watchable<HeadsetReport[]>
  pressed: Event<HeadsetKey>
  canPair: boolean
  pair(): Promise<boolean>
  forget(): Promise<void>
  light(lamps: HeadsetLamps): void
  stop(): void
}

const mostReports = 50
const isHeadset = ({ collections }: HidDevice) =>
  collections.some(({ usagePage }) => usagePage === telephonyPage)
const hexOf = ({ buffer, byteOffset, byteLength }: DataView) =>
  [...new Uint8Array(buffer, byteOffset, byteLength)]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join(' ')

/** The keys and lamps of the headset that the person has paired. It is found again by itself when it is plugged in. */
export function createHeadset(hid: HidPort | undefined, clock: Clock): Headset {
  const state = cell<MediaState['headset']>(null)
  const reports = cell<HeadsetReport[]>([])
  const presses = emitter<HeadsetKey>()
  let device: HidDevice | undefined
  let model: HeadsetModel = modelOf([])
  let memory: HeadsetMemory = freshHeadset
  let lamps = darkLamps
  let sending = Promise.resolve()

  const receive = ({ reportId, data }: HidInput) => {
    const at = clock.now()
    const heard = hear(model, memory, { reportId, data }, lamps, at)
    memory = heard.memory
    const line: HeadsetReport = { at, reportId, data: hexOf(data), usages: heard.usages, key: heard.key }
    reports.set([...reports.current(), line].slice(-mostReports))
    if (heard.key !== null) presses.emit(heard.key)
  }
  /** One after the other: a device mixes up reports that come at once. A device gone meanwhile needs no lamps. */
  const send = () => {
    const to = device
    if (!to) return
    for (const { reportId, data } of lampReports(model, lamps)) {
      sending = sending.then(() => to.sendReport(reportId, data)).catch(() => {})
    }
  }
  const leave = () => {
    device?.removeEventListener('inputreport', receive)
    device = undefined
    state.set(null)
  }
  const take = async (found: HidDevice) => {
    if (device || !isHeadset(found)) return
    device = found
    try {
      if (!found.opened) await found.open()
    } catch {
      // another program holds it, or the system does not let us
      return leave()
    }
    if (device !== found) return
    model = modelOf(found.collections)
    memory = freshHeadset
    found.addEventListener('inputreport', receive)
    state.set({ name: found.productName, keys: [...model.keys], lamps: [...model.lamps] })
    send()
  }
  const connected = ({ device: found }: { device: HidDevice }) => void take(found)
  const disconnected = ({ device: gone }: { device: HidDevice }) => {
    if (gone === device) leave()
  }
  hid?.addEventListener('connect', connected)
  hid?.addEventListener('disconnect', disconnected)
  void hid?.getDevices().then(
    (known) => known.find(isHeadset) && take(known.find(isHeadset)!),
    // a rule of the browser keeps such devices away: then there are none
    () => undefined,
  )
  return {
    state,
    reports,
    pressed: presses.event,
    canPair: hid !== undefined,
    pair: async () => {
      const [found] = (await hid?.requestDevice({ filters: [{ usagePage: telephonyPage }] })) ?? []
      if (!found) return false
      if (device && device !== found) {
        const before = device
        leave()
        await before.close()
      }
      await take(found)
      return device === found
    },
    forget: async () => {
      const before = device
      leave()
      await before?.forget()
    },
    light: (next) => {
      lamps = next
      send()
    },
    stop: () => {
      hid?.removeEventListener('connect', connected)
      hid?.removeEventListener('disconnect', disconnected)
      const before = device
      leave()
      void before?.close()
    },
  }
}
