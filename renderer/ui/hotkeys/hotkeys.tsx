import { createContext, use, useEffect, useMemo, useRef, useSyncExternalStore, type ReactNode } from 'react'
import { defaultHotkeySettings, effectiveKeys, react, type HotkeySettings, type Pending } from './match.ts'
import { placeOf } from './place.ts'
import type { Keys } from './keys.ts'

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

interface Registry {
  add(read: () => readonly Hotkey[]): () => void
  changed(): void
  subscribe(on: () => void): () => void
  list(): readonly ActiveHotkey[]
}

function createRegistry(settings: () => HotkeySettings): Registry {
  const sources = new Set<() => readonly Hotkey[]>()
  const listeners = new Set<() => void>()
  let cached: readonly ActiveHotkey[] | null = null
  const changed = () => {
    cached = null
    for (const listener of listeners) listener()
  }
  return {
    add(read) {
      sources.add(read)
      changed()
      return () => {
        sources.delete(read)
        changed()
      }
    },
    changed,
    subscribe(on) {
      listeners.add(on)
      return () => void listeners.delete(on)
    },
    list: () =>
      (cached ??= [...sources]
        .flatMap((read) => read())
        .filter((hotkey) => hotkey.isEnabled !== false)
        .map((hotkey) => ({
          ...hotkey,
          group: hotkey.group ?? '',
          keys: effectiveKeys(hotkey, settings()),
          // the newest function, though the list is made only when what it shows changes
          run: () =>
            [...sources]
              .flatMap((read) => read())
              .findLast(({ id }) => id === hotkey.id)
              ?.run(),
        }))),
  }
}

const HotkeysContext = createContext<{ registry: Registry; settings: HotkeySettings } | null>(null)

function useHotkeysContext() {
  const context = use(HotkeysContext)
  if (!context) throw new Error('HotkeysProvider is missing above this component')
  return context
}

/** The page's one keyboard listener. Wrap the page in it once. */
export function HotkeysProvider(props: { settings?: HotkeySettings | undefined; children: ReactNode }) {
  const settings = props.settings ?? defaultHotkeySettings
  const latest = useRef(settings)
  latest.current = settings
  const registry = useMemo(() => createRegistry(() => latest.current), [])

  useEffect(() => registry.changed(), [registry, settings])
  useEffect(() => {
    let pending: Pending | null = null
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.isComposing || event.repeat || event.defaultPrevented) return
      const place = placeOf(document.activeElement)
      // the effective keys are already in the list, so the settings are not applied a second time
      const press = {
        key: event.key,
        ctrl: event.ctrlKey,
        alt: event.altKey,
        shift: event.shiftKey,
        meta: event.metaKey,
        at: event.timeStamp,
        place,
      }
      const bindings = registry.list()
      const reaction = react(press, pending, bindings, defaultHotkeySettings)
      // a lone modifier of the second press keeps the first one waiting
      if (reaction.do !== 'nothing' || event.key.length === 1) pending = null
      if (reaction.do === 'nothing') return
      event.preventDefault()
      event.stopPropagation()
      if (reaction.do === 'wait') pending = reaction.pending
      if (reaction.do === 'run') bindings.findLast(({ id }) => id === reaction.id)?.run()
      if (reaction.do === 'leave-field' && document.activeElement instanceof HTMLElement)
        document.activeElement.blur()
    }
    // capturing: widgets that stop propagation must not swallow a function key
    window.addEventListener('keydown', onKeyDown, true)
    return () => window.removeEventListener('keydown', onKeyDown, true)
  }, [registry])

  const value = useMemo(() => ({ registry, settings }), [registry, settings])
  return <HotkeysContext value={value}>{props.children}</HotkeysContext>
}

/**
 * Registers actions while the component is mounted. Returns the keys that now trigger an id (remapped, maybe none),
 * for a button's `shortcut`.
 */
export function useHotkeys(hotkeys: readonly Hotkey[]): (id: string) => Keys | undefined {
  const { registry, settings } = useHotkeysContext()
  const latest = useRef(hotkeys)
  latest.current = hotkeys
  const shown = JSON.stringify(hotkeys.map(({ run: _run, ...rest }) => rest))

  useEffect(() => registry.add(() => latest.current), [registry])
  useEffect(() => registry.changed(), [registry, shown])

  return (id) => {
    const hotkey = hotkeys.find((candidate) => candidate.id === id)
    return hotkey && effectiveKeys(hotkey, settings)[0]
  }
}

/** Everything that can be done by key at this moment, in the order of registration. */
export function useActiveHotkeys(): readonly ActiveHotkey[] {
  const { registry } = useHotkeysContext()
  return useSyncExternalStore(registry.subscribe, registry.list)
}
