import {
  createContext,
  use,
  useEffect,
  useLayoutEffect,
  useMemo,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react'
import { defaultHotkeySettings, effectiveKeys, react, type HotkeySettings, type Pending } from './match.ts'
import { createRegistry, type ActiveHotkey, type Hotkey, type Registry } from './registry.ts'
import { placeOf } from './place.ts'
import type { Keys } from './keys.ts'

export type { ActiveHotkey, Hotkey } from './registry.ts'

const HotkeysContext = createContext<{ registry: Registry; settings: HotkeySettings } | null>(null)

function useHotkeysContext() {
  const context = use(HotkeysContext)
  if (!context) throw new Error('HotkeysProvider is missing above this component')
  return context
}

/** Starts listening; returns the function that stops. */
function listen(registry: Registry): () => void {
  let pending: Pending | null = null
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing || event.repeat || event.defaultPrevented) return
    const press = {
      key: event.key,
      ctrl: event.ctrlKey,
      alt: event.altKey,
      shift: event.shiftKey,
      meta: event.metaKey,
      at: event.timeStamp,
      place: placeOf(document.activeElement),
    }
    const bindings = registry.list()
    // the list has the effective keys already, so the settings are not applied a second time
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
}

/** The page's one keyboard listener. Wrap the page in it once. */
export function HotkeysProvider(props: { settings?: HotkeySettings | undefined; children: ReactNode }) {
  const settings = props.settings ?? defaultHotkeySettings
  const [registry] = useState(createRegistry)
  useEffect(() => registry.configure(settings), [registry, settings])
  useEffect(() => listen(registry), [registry])
  const value = useMemo(() => ({ registry, settings }), [registry, settings])
  return <HotkeysContext value={value}>{props.children}</HotkeysContext>
}

/**
 * Registers actions while the component is mounted. Returns the keys that now trigger an id (remapped, maybe none),
 * for a button's `shortcut`.
 */
export function useHotkeys(hotkeys: readonly Hotkey[]): (id: string) => Keys | undefined {
  const { registry, settings } = useHotkeysContext()
  const [place] = useState(registry.place)
  // Before the picture: a key that is pressed as soon as its button shows must not find what was there before.
  useLayoutEffect(() => registry.put(place, hotkeys))
  useLayoutEffect(() => () => registry.remove(place), [registry, place])
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
