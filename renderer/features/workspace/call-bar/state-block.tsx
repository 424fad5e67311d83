import type { ReactNode } from 'react'
import { cx } from '../../../ui/cx.ts'
import type { Icon } from '../../../ui/icon.ts'
import { toneIcon, toneSurface, type StateTone } from '../../../ui/tone.ts'

export interface StateBlockProps {
  tone: StateTone
  word: string
  icon?: Icon
  /** the big figure below the word: a Timer */
  children?: ReactNode
}

/** The tinted start of the call bar: state in a word, a shape and a hue, with its time below. */
export function StateBlock({ tone, word, icon, children }: StateBlockProps) {
  const IconPart = icon ?? toneIcon[tone]
  return (
    <div className={cx('flex min-w-42 flex-col justify-center self-stretch px-4 py-2', toneSurface[tone])}>
      <span className="flex items-center gap-1.5 text-compact font-semibold">
        <IconPart className="size-4.5 shrink-0" strokeWidth={1.9} aria-hidden />
        {word}
      </span>
      <span className="text-timer font-semibold whitespace-nowrap">{children}</span>
    </div>
  )
}
