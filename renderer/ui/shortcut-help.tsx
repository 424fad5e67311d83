import { Dialog } from './dialog.tsx'
import { Heading } from './card.tsx'
import { useActiveHotkeys } from './hotkeys/hotkeys.tsx'
import { Kbd } from './kbd.tsx'
import { useWords } from './words.tsx'

/** The map of the keys that work at this moment. */
export function ShortcutHelp({
  isOpen,
  onClose,
  note,
}: {
  isOpen: boolean
  onClose: () => void
  note?: string | undefined
}) {
  const words = useWords()
  const hotkeys = useActiveHotkeys().filter((hotkey) => hotkey.keys.length > 0)
  const groups = [...Map.groupBy(hotkeys, (hotkey) => hotkey.group)]
  return (
    <Dialog title={words.shortcuts} isOpen={isOpen} onClose={onClose} size="large" isText>
      <div className="columns-[18rem] gap-8">
        {groups.map(([group, entries]) => (
          <section key={group} className="mb-4 break-inside-avoid">
            {group !== '' && (
              <Heading level={3} look="label" className="mb-1">
                {group}
              </Heading>
            )}
            <ul>
              {entries.map((hotkey) => (
                <li
                  key={hotkey.id}
                  className="flex min-h-8 items-center justify-between gap-3 border-b border-line py-1"
                >
                  {hotkey.label}
                  <span className="inline-flex flex-wrap justify-end gap-2">
                    {hotkey.keys.map((keys) => (
                      <Kbd key={keys} keys={keys} />
                    ))}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      {note !== undefined && <p className="text-compact text-ink-2">{note}</p>}
    </Dialog>
  )
}
