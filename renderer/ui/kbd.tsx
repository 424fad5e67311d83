import { cx } from './cx.ts'
import { keyCaps, type Keys } from './hotkeys/keys.ts'
import { useWords } from './words.tsx'

/** Keycaps of a key text such as "Ctrl+K" or "Ctrl+Enter 1". `onFill` for filled buttons. */
export function Kbd({ keys, onFill = false }: { keys: Keys; onFill?: boolean | undefined }) {
  const words = useWords()
  const presses = keyCaps(keys, words.keys).map((caps) => caps.join(' '))
  return (
    <span className="inline-flex items-center gap-1">
      {presses.map((caps) => (
        <kbd
          key={caps}
          className={cx(
            'min-w-5 rounded-key border border-b-2 px-1.25 text-center font-sans text-tiny font-medium whitespace-nowrap',
            onFill
              ? 'border-(--key-line-on-fill) bg-(--key-on-fill)'
              : 'border-line-strong bg-surface text-ink-2',
          )}
        >
          {caps}
        </kbd>
      ))}
    </span>
  )
}
