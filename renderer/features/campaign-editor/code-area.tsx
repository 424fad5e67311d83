import { useId, useRef } from 'react'
import { cx } from '../../ui/cx.ts'

export interface CodeAreaProps {
  label: string
  value: string
  onChange: (value: string) => void
  /** lines, from 1, that something is wrong with */
  badLines: ReadonlySet<number>
  isReadOnly?: boolean
  /** says what is wrong, by id */
  describedBy?: string
}

const lineHeight = 'leading-5'

/** A text in a fixed-width face with line numbers; lines with a problem are marked in the margin by colour and sign. */
export function CodeArea({ label, value, onChange, badLines, isReadOnly, describedBy }: CodeAreaProps) {
  const id = useId()
  const gutter = useRef<HTMLPreElement>(null)
  const count = value.split('\n').length
  return (
    <div className="flex h-full min-h-80 overflow-hidden rounded-field border border-control bg-surface has-[textarea:focus-visible]:outline-2 has-[textarea:focus-visible]:outline-focus">
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <pre
        ref={gutter}
        aria-hidden
        className={cx(
          'shrink-0 overflow-hidden border-e border-line bg-surface-2 py-2 text-end font-mono text-small text-ink-3 select-none',
          lineHeight,
        )}
      >
        {Array.from({ length: count }, (_, index) => (
          <span
            key={index}
            className={cx(
              'block px-2',
              badLines.has(index + 1) && 'bg-missed-weak font-semibold text-missed',
            )}
          >
            {badLines.has(index + 1) ? `▸ ${index + 1}` : index + 1}
          </span>
        ))}
      </pre>
      <textarea
        id={id}
        value={value}
        readOnly={isReadOnly}
        spellCheck={false}
        wrap="off"
        aria-invalid={badLines.size > 0}
        aria-describedby={describedBy}
        onChange={(event) => onChange(event.currentTarget.value)}
        onScroll={(event) => {
          if (gutter.current) gutter.current.scrollTop = event.currentTarget.scrollTop
        }}
        className={cx(
          'min-w-0 flex-1 resize-none overflow-auto bg-transparent px-2.5 py-2 font-mono text-small text-ink outline-none',
          lineHeight,
        )}
      />
    </div>
  )
}

/** Puts the caret at the beginning of a line and brings it into sight. */
export function goToLine(area: HTMLTextAreaElement, line: number): void {
  const lines = area.value.split('\n')
  const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0)
  area.focus()
  area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0))
  area.scrollTop = (area.scrollHeight / lines.length) * Math.max(0, line - 4)
}
