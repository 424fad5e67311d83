import type { Instant } from '../../../shared/std/clock.ts'
import { isSingleKey, normaliseKeys, pressName, worksInText, type Keys, type Press } from './keys.ts'

export interface Binding {
  id: string
  keys: readonly Keys[]
}

export interface HotkeySettings {
  /** other keys for a binding's id; an empty list takes its keys away */
  remap: Readonly<Record<string, readonly Keys[]>>
  /** false: characters typed alone do nothing (WCAG 2.1.4) */
  singleKeys: boolean
}

export const defaultHotkeySettings: HotkeySettings = { remap: {}, singleKeys: true }

/** What the focus is on. `closed`: a dialog, menu or list that owns the keyboard. */
export type Place = 'page' | 'button' | 'choice' | 'text' | 'closed'

export interface Pending {
  prefix: Keys
  at: Instant
}

export type Reaction =
  | { do: 'nothing' }
  | { do: 'run'; id: string }
  /** first press of two: the next one belongs to us even inside a text field */
  | { do: 'wait'; pending: Pending }
  /** a second press that means nothing: swallowed, so that it is not typed by surprise */
  | { do: 'give-up' }
  | { do: 'leave-field' }

/** Long enough to look at the list of outcomes, short enough not to surprise. */
export const chordMs = 4000

export const effectiveKeys = (binding: Binding, settings: HotkeySettings): readonly Keys[] =>
  (settings.remap[binding.id] ?? binding.keys)
    .map(normaliseKeys)
    .filter((keys) => keys !== '' && (settings.singleKeys || !isSingleKey(keys)))

const arrows = /^(?:Shift\+)?Arrow/
const takenByButton = (name: Keys) => name === 'Enter' || name === 'Space' || arrows.test(name)
const takenByChoice = (name: Keys) => name === 'Space' || arrows.test(name)

function allowedIn(place: Place, name: Keys): boolean {
  switch (place) {
    case 'page':
      return true
    case 'button':
      return !takenByButton(name)
    case 'choice':
      return !takenByChoice(name)
    case 'text':
      return worksInText(name)
    case 'closed':
      return /^F\d{1,2}$/.test(name)
  }
}

/** What a press means. The binding registered last wins, so a panel may take a key over from the page. */
export function react(
  press: Press & { at: Instant; place: Place },
  pending: Pending | null,
  bindings: readonly Binding[],
  settings: HotkeySettings,
): Reaction {
  const name = pressName(press)
  if (name === '') return { do: 'nothing' }
  const waiting = pending !== null && press.at - pending.at <= chordMs ? pending : null
  const wanted = waiting ? `${waiting.prefix} ${name}` : name
  const known = bindings
    .toReversed()
    .map((binding) => ({ id: binding.id, keys: effectiveKeys(binding, settings) }))

  if (waiting) {
    const hit = known.find(({ keys }) => keys.includes(wanted))
    return hit ? { do: 'run', id: hit.id } : { do: 'give-up' }
  }
  if (!allowedIn(press.place, name)) {
    return name === 'Escape' && press.place === 'text' ? { do: 'leave-field' } : { do: 'nothing' }
  }
  if (known.some(({ keys }) => keys.some((text) => text.startsWith(`${name} `)))) {
    return { do: 'wait', pending: { prefix: name, at: press.at } }
  }
  const hit = known.find(({ keys }) => keys.includes(name))
  return hit ? { do: 'run', id: hit.id } : { do: 'nothing' }
}

/** Bindings that would answer to the same keys, for the page where keys are remapped. */
export function conflicts(
  bindings: readonly Binding[],
  settings: HotkeySettings,
): ReadonlyMap<Keys, readonly string[]> {
  const byKeys = Map.groupBy(
    bindings.flatMap((binding) => effectiveKeys(binding, settings).map((keys) => ({ keys, id: binding.id }))),
    ({ keys }) => keys,
  )
  return new Map(
    [...byKeys]
      .filter(([, users]) => users.length > 1)
      .map(([keys, users]) => [keys, users.map(({ id }) => id)]),
  )
}
