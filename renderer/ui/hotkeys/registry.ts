import type { Keys } from './keys.ts'
import { defaultHotkeySettings, effectiveKeys, type HotkeySettings } from './match.ts'

export interface Hotkey {
  /** stable, e.g. "call.mute": the settings remap by it */
  id: string
  /** what the action is called in the palette and in the key map */
  label: string
  keys: readonly Keys[]
  run: () => void
  /** a heading in the palette and in the key map */
  group?: string | undefined
  /** false: neither answers nor is listed */
  isEnabled?: boolean | undefined
}

export interface ActiveHotkey extends Hotkey {
  group: string
}

export interface Registry {
  /** A place in the order of registration: parents before children, later panels after earlier ones. */
  place(): number
  put(place: number, hotkeys: readonly Hotkey[]): void
  remove(place: number): void
  configure(settings: HotkeySettings): void
  subscribe(on: () => void): () => void
  /** Only what can be done now, with the keys that do it now; the same array until something changes. */
  list(): readonly ActiveHotkey[]
}

const shownOf = (hotkeys: readonly Hotkey[] | undefined): string =>
  JSON.stringify(hotkeys?.map(({ id, label, keys, group, isEnabled }) => [id, label, keys, group, isEnabled]))

/** The list of everything that can be done by key. Components put their actions in and take them out. */
export function createRegistry(): Registry {
  const sources = new Map<number, readonly Hotkey[]>()
  const listeners = new Set<() => void>()
  let settings = defaultHotkeySettings
  let lastPlace = 0
  let cached: readonly ActiveHotkey[] | null = null

  const changed = () => {
    cached = null
    for (const listener of listeners) listener()
  }
  const all = () => [...sources].toSorted(([left], [right]) => left - right).flatMap(([, hotkeys]) => hotkeys)
  const active = (hotkey: Hotkey): ActiveHotkey => ({
    id: hotkey.id,
    label: hotkey.label,
    group: hotkey.group ?? '',
    keys: effectiveKeys(hotkey, settings),
    // the newest function, though the list is made anew only when what it shows changes
    run: () =>
      all()
        .findLast(({ id }) => id === hotkey.id)
        ?.run(),
  })

  return {
    place: () => ++lastPlace,
    put(place, hotkeys) {
      const before = shownOf(sources.get(place))
      sources.set(place, hotkeys)
      if (shownOf(hotkeys) !== before) changed()
    },
    remove(place) {
      if (sources.delete(place)) changed()
    },
    configure(next) {
      settings = next
      changed()
    },
    subscribe(on) {
      listeners.add(on)
      return () => void listeners.delete(on)
    },
    list: () =>
      (cached ??= all()
        .filter((hotkey) => hotkey.isEnabled !== false)
        .map(active)),
  }
}
