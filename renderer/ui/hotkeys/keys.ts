/**
 * A key text is one or two presses: "F2", "3", "Ctrl+K", "Ctrl+Enter 1". Canonical: modifiers in the order
 * Ctrl, Alt, Shift, Meta; letters in upper case; no Shift with characters that are not letters ("?").
 */
export type Keys = string

export interface Press {
  key: string
  ctrl: boolean
  alt: boolean
  shift: boolean
  meta: boolean
}

const modifiers = ['Ctrl', 'Alt', 'Shift', 'Meta'] as const
const aliases: Readonly<Record<string, string>> = {
  control: 'Ctrl',
  ctrl: 'Ctrl',
  alt: 'Alt',
  shift: 'Shift',
  meta: 'Meta',
  esc: 'Escape',
  pgdn: 'PageDown',
  pgup: 'PageUp',
  pagedown: 'PageDown',
  pageup: 'PageUp',
  ' ': 'Space',
}

const isLetter = (key: string) => key.length === 1 && key.toLowerCase() !== key.toUpperCase()
const isCharacter = (key: string) => key.length === 1 || key === 'Space'

/** The canonical name of one press; the empty text for a lone modifier or a dead key. */
export function pressName(press: Press): Keys {
  const key = aliases[press.key.toLowerCase()] ?? press.key
  if (key === 'Dead' || key === 'Unidentified' || (modifiers as readonly string[]).includes(key)) return ''
  const shifted = press.shift && (isLetter(key) || !isCharacter(key))
  const held = [press.ctrl, press.alt, shifted, press.meta]
  const names = modifiers.filter((_, index) => held[index])
  return [...names, isLetter(key) ? key.toUpperCase() : key].join('+')
}

/** "ctrl+k" and "Ctrl+K" become the same text, so that stored settings need not be exact. */
export function normaliseKeys(text: string): Keys {
  return text
    .trim()
    .split(/\s+/)
    .map((part) => {
      const names = part === '+' ? ['+'] : part.split('+')
      const typed = names.at(-1) ?? ''
      const key = typed.charAt(0).toUpperCase() + typed.slice(1)
      const held = new Set(names.slice(0, -1).map((name) => aliases[name.toLowerCase()] ?? name))
      return pressName({
        key,
        ctrl: held.has('Ctrl'),
        alt: held.has('Alt'),
        shift: held.has('Shift'),
        meta: held.has('Meta'),
      })
    })
    .join(' ')
}

const lastKey = (keys: Keys) => keys.split('+').at(-1) || '+'

/** A character typed alone: what WCAG 2.1.4 lets people switch off or remap. */
export const isSingleKey = (keys: Keys): boolean => !keys.includes(' ') && isCharacter(keys)

/** Types nothing, so it works from a text field too: function keys and what is pressed with Ctrl, Alt or Meta. */
export const worksInText = (keys: Keys): boolean =>
  /^F\d{1,2}$/.test(lastKey(keys)) || /(?:^|\+)(?:Ctrl|Alt|Meta)\+/.test(keys)

/** For aria-keyshortcuts, which has no notation for two presses in a row (WAI-ARIA 1.2, 6.6). */
export function ariaKeys(keys: Keys): string | undefined {
  if (keys === '' || keys.includes(' ')) return undefined
  return keys.replace('Ctrl+', 'Control+')
}

/** Names as printed on the keycaps: [["Ctrl", "K"]], one list per press. */
export const keyCaps = (
  keys: Keys,
  names: Readonly<Record<string, string>>,
): readonly (readonly string[])[] =>
  keys
    .split(' ')
    .map((press) => (press === '+' ? ['+'] : press.split('+')).map((name) => names[name] ?? name))
