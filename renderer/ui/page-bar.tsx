import { createContext, use, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { Heading } from './card.tsx'

const SlotContext = createContext<HTMLElement | null>(null)

/** The element of the status bar in which a page writes its name and its own commands. */
export const PageBarSlot = SlotContext

/** Name of the page, facts beside it, commands at the end: in the status bar, or above the page where there is none. */
export function PageBar({
  title,
  children,
  actions,
}: {
  title: string
  children?: ReactNode
  actions?: ReactNode
}) {
  const slot = use(SlotContext)
  const content = (
    <>
      <Heading level={1} className="whitespace-nowrap">
        {title}
      </Heading>
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2.5 gap-y-1 text-ink-2">
        {children}
      </div>
      {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </>
  )
  if (slot) return createPortal(content, slot)
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-line bg-surface px-3.5 py-1.5">
      {content}
    </div>
  )
}
