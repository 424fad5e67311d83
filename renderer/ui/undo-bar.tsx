import { Undo2 } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Instant } from '../../shared/std/clock.ts'
import { Button } from './button.tsx'
import type { Keys } from './hotkeys/keys.ts'
import { Timer } from './timer.tsx'
import { useWords } from './words.tsx'

export interface UndoBarProps {
  /** what was done: "Esito salvato: Interessata" */
  children: ReactNode
  /** on this machine's clock: undo is the desktop's own affair, not the server's */
  until: Instant
  /** null: it cannot be taken back any more, and only says what was done */
  onUndo: (() => void) | null
  /** the time is over */
  onEnd: () => void
  shortcut?: Keys | undefined
}

/** Stands in a slot of its own in the layout, never over the script. */
export function UndoBar({ children, until, onUndo, onEnd, shortcut }: UndoBarProps) {
  const words = useWords()
  return (
    <output className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-card border border-line bg-surface px-3.5 py-1.5">
      <span className="min-w-40 flex-1">{children}</span>
      {onUndo && (
        <span className="ml-auto flex items-center gap-3">
          <span className="text-ink-3" aria-hidden>
            <Timer until={until} offset={0} onEnd={onEnd} />
          </span>
          <Button size="small" icon={Undo2} shortcut={shortcut} onPress={onUndo}>
            {words.undo}
          </Button>
        </span>
      )}
    </output>
  )
}
