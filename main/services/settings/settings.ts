import type { settings } from '../../../shared/contract/settings.ts'
import { defaultSettings, Settings } from '../../../shared/contract/settings.ts'
import type { Host } from '../../../shared/rpc/contract.ts'
import type { Watchable } from '../../../shared/std/event.ts'
import { cell } from '../../../shared/std/event.ts'
import type { z } from 'zod'
import type { SettingsStore } from './ports.ts'

type Value = z.infer<typeof Settings>
const name = 'settings'

export interface SettingsService {
  host: Host<{ settings: typeof settings }>['settings']
  current: Watchable<Value>
}

/** What one person likes at this desktop. Stored values that no longer fit give way to the defaults, one by one. */
export function settingsService(store: SettingsStore): SettingsService {
  const current = cell(withDefaults(store.read(name)))
  return {
    current,
    host: {
      current: () => current,
      save: async (value) => {
        store.write(name, value)
        current.set(value)
      },
    },
  }
}

export function withDefaults(stored: unknown): Value {
  const known = typeof stored === 'object' && stored !== null ? stored : {}
  const fitting = Object.entries(Settings.shape).flatMap(([key, schema]) => {
    const value = schema.safeParse(Reflect.get(known, key))
    return value.success ? [[key, value.data]] : []
  })
  return { ...defaultSettings, ...(Object.fromEntries(fitting) as Partial<Value>) }
}
