import type { ReactNode } from 'react'
import { Card, Heading } from '../../ui/card.tsx'

/** A part of the editor: its name, one line that says what it is for, its commands. */
export function Section({
  title,
  about,
  actions,
  children,
  isFlush = false,
}: {
  title: string
  about?: ReactNode
  actions?: ReactNode
  children: ReactNode
  /** a table or a list that reaches the edges */
  isFlush?: boolean
}) {
  return (
    <Card className="overflow-hidden">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2 border-b border-line px-4 py-3">
        <div className="min-w-48 flex-1">
          <Heading>{title}</Heading>
          {about !== undefined && <p className="text-compact text-ink-2">{about}</p>}
        </div>
        {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
      <div className={isFlush ? '' : 'p-4'}>{children}</div>
    </Card>
  )
}
