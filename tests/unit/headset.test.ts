import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { HeadsetKey, HeadsetLamps } from '../../shared/contract/media.ts'
import { darkLamps } from '../../shared/contract/media.ts'
import { handClock } from '../fakes/clock.ts'
import { createHeadset } from '../../renderer/media/headset/driver.ts'
import type { HidCollection, HidDevice, HidInput, HidPort } from '../../renderer/media/headset/hid.ts'
import { freshHeadset, hear, lampReports, modelOf } from '../../renderer/media/headset/keys.ts'

type Step = { what: string } & (
  | { at: number; report: string; usages?: string[]; key: HeadsetKey | null }
  | { lamps: HeadsetLamps; sends: string[] }
)
interface Recording {
  productName: string
  collections: HidCollection[]
  has: { keys: HeadsetKey[]; lamps: string[] }
  steps: Step[]
}

const folder = new URL('../recordings/headset/', import.meta.url)
const recordings = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => [name, JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Recording] as const)

const hex = (data: Uint8Array) => [...data].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
const parse = (report: string) => {
  const [id, bytes] = report.split(':') as [string, string]
  const data = Uint8Array.from(bytes.split(' ').filter(Boolean), (byte) => parseInt(byte, 16))
  return { reportId: Number(id), data: new DataView(data.buffer) }
}

describe.each(recordings)('the headset of %s', (_name, recording) => {
  const model = modelOf(recording.collections)

  it('says which keys and lamps it has', () => {
    expect({ keys: [...model.keys].toSorted(), lamps: [...model.lamps].toSorted() }).toEqual({
      keys: recording.has.keys.toSorted(),
      lamps: recording.has.lamps.toSorted(),
    })
  })

  it('is understood report by report, and lit lamp by lamp', () => {
    let lamps = darkLamps
    let memory = freshHeadset
    const heard = recording.steps.map((step) => {
      if ('lamps' in step) {
        lamps = step.lamps
        const sends = lampReports(model, lamps).map(({ reportId, data }) => `${reportId}: ${hex(data)}`)
        return { ...step, sends }
      }
      const now = hear(model, memory, parse(step.report), lamps, step.at)
      memory = now.memory
      return { ...step, key: now.key, ...(step.usages && { usages: now.usages }) }
    })
    expect(heard).toEqual(recording.steps)
  })
})

/** A device and its port in memory. */
function plugged(recording: Recording) {
  const listeners = new Set<(event: HidInput) => void>()
  const ports = new Map<string, (event: { device: HidDevice }) => void>()
  const sent: string[] = []
  let opened = false
  const device: HidDevice = {
    get opened() {
      return opened
    },
    productName: recording.productName,
    collections: recording.collections,
    open: async () => void (opened = true),
    close: async () => void (opened = false),
    forget: async () => void (opened = false),
    sendReport: async (reportId, data) => void sent.push(`${reportId}: ${hex(data)}`),
    addEventListener: (_type, listener) => listeners.add(listener),
    removeEventListener: (_type, listener) => listeners.delete(listener),
  }
  let known: HidDevice[] = []
  const port: HidPort = {
    getDevices: async () => known,
    requestDevice: async () => {
      known = [device]
      return known
    },
    addEventListener: (type, listener) => ports.set(type, listener),
    removeEventListener: (type) => ports.delete(type),
  }
  return {
    port,
    device,
    sent,
    send: (report: string) => {
      for (const listener of listeners) listener(parse(report))
    },
    unplug: () => ports.get('disconnect')?.({ device }),
    plug: () => ports.get('connect')?.({ device }),
  }
}

describe('the driver', () => {
  const recording = recordings.find(([name]) => name === 'one-report.json')![1]
  const paired = async () => {
    const fake = plugged(recording)
    const headset = createHeadset(fake.port, handClock())
    const keys: HeadsetKey[] = []
    headset.pressed((key) => keys.push(key))
    expect(await headset.pair()).toBe(true)
    return { fake, headset, keys }
  }

  it('tells keys as they are pressed and shows what was sent', async () => {
    const { fake, headset, keys } = await paired()
    fake.send('2: 01')
    expect(keys).toEqual(['hook-off'])
    expect(headset.reports.current()).toMatchObject([
      { reportId: 2, data: '01', usages: ['0b:20 on'], key: 'hook-off' },
    ])
  })
  it('lights its lamps, also those asked for before it was there', async () => {
    const fake = plugged(recording)
    const headset = createHeadset(fake.port, handClock())
    headset.light({ ...darkLamps, ring: true })
    await headset.pair()
    await expect.poll(() => fake.sent).toEqual(['2: 14'])
  })
  it('loses it when it is unplugged and finds it again by itself', async () => {
    const { fake, headset, keys } = await paired()
    fake.unplug()
    expect(headset.state.current()).toBeNull()
    fake.send('2: 01')
    fake.plug()
    await expect.poll(() => headset.state.current()?.name).toBe('One-report headset')
    expect(keys).toEqual([])
  })
  it('leaves alone what has no telephony keys', async () => {
    const fake = plugged({ ...recording, collections: recording.collections.slice(0, 1) })
    const headset = createHeadset(fake.port, handClock())
    expect(await headset.pair()).toBe(false)
    expect(headset.state.current()).toBeNull()
  })
  it('says where the browser knows no headsets at all', async () => {
    const headset = createHeadset(undefined, handClock())
    expect(headset.canPair).toBe(false)
    expect(await headset.pair()).toBe(false)
  })
})
