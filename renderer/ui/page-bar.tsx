import { createContext, use, useEffect, useRef, type ReactNode } from 'react'
import { createPortal } from 'react-dom'

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
  const name = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // what was pressed to come here is gone with its page: the reading goes on at this page's name
    if (document.activeElement === null || document.activeElement === document.body) name.current?.focus()
  }, [slot])
  const content = (
    <>
      <h1 ref={name} tabIndex={-1} className="text-title font-semibold whitespace-nowrap outline-none">
        {title}
      </h1>
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
