import { Headphones } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button as AriaButton, TooltipTrigger } from 'react-aria-components'
import { cx } from './cx.ts'
import { Hint } from './hint.tsx'
import { withShortcut } from './hotkeys/aria.tsx'
import type { Keys } from './hotkeys/keys.ts'
import type { Icon } from './icon.ts'
import { useWords } from './words.tsx'

export interface NavItem {
  id: string
  label: string
  icon: Icon
  /** a short text: a number of things waiting */
  badge?: string | undefined
  /** the badge in words, for screen readers: "2 richiami" */
  badgeLabel?: string | undefined
  shortcut?: Keys | undefined
  /** stands at the bottom of the rail */
  isEnd?: boolean | undefined
}

export interface AppFrameProps {
  /** contents of the status bar */
  bar: ReactNode
  nav: readonly NavItem[]
  current: string
  onNavigate: (id: string) => void
  children: ReactNode
  /** under the bar, over the page's whole width: what the person must know now */
  notice?: ReactNode
}

function RailItem({ item, isCurrent, onPress }: { item: NavItem; isCurrent: boolean; onPress: () => void }) {
  const name = item.badgeLabel === undefined ? item.label : `${item.label}, ${item.badgeLabel}`
  return (
    <TooltipTrigger delay={400}>
      <AriaButton
        onPress={onPress}
        aria-label={name}
        {...(isCurrent && { 'aria-current': 'page' as const })}
        {...withShortcut(item.shortcut)}
        className={cx(
          'relative grid size-10 shrink-0 cursor-default place-items-center rounded-field data-hovered:transition-colors',
          isCurrent ? 'bg-accent-weak text-accent' : 'text-ink-2 data-hovered:bg-hover data-hovered:text-ink',
        )}
      >
        <item.icon className="size-4.5" strokeWidth={1.9} aria-hidden />
        {item.badge !== undefined && (
          <span className="absolute end-0.5 top-0.5 rounded-full bg-accent px-1 text-[0.625rem] leading-3.5 font-semibold text-on-accent">
            {item.badge}
          </span>
        )}
      </AriaButton>
      <Hint placement="right" shortcut={item.shortcut}>
        {name}
      </Hint>
    </TooltipTrigger>
  )
}

/** Status bar on top, rail at the left, page. At large text the bar wraps and the rail scrolls; nothing is lost. */
export function AppFrame({ bar, nav, current, onNavigate, children, notice }: AppFrameProps) {
  const words = useWords()
  const item = (entry: NavItem) => (
    <li key={entry.id}>
      <RailItem item={entry} isCurrent={entry.id === current} onPress={() => onNavigate(entry.id)} />
    </li>
  )
  return (
    <div className="grid h-dvh grid-cols-[3.25rem_minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)]">
      <a
        href="#main"
        className="fixed start-2 top-2 z-50 -translate-y-20 rounded-field bg-accent px-3 py-2 font-medium text-on-accent focus:translate-y-0"
      >
        {words.skipToContent}
      </a>
      <header className="col-span-2 flex border-b border-line bg-surface">
        <div className="grid w-13 shrink-0 place-items-center border-e border-line text-accent">
          <Headphones className="size-4.5" strokeWidth={1.9} aria-hidden />
        </div>
        <div className="flex max-h-[40dvh] min-h-11 min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1 overflow-y-auto px-3 py-1">
          {bar}
        </div>
      </header>
      <nav
        aria-label={words.navigation}
        className="flex min-h-0 flex-col overflow-y-auto border-e border-line bg-surface py-2"
      >
        <ul className="flex flex-1 flex-col items-center gap-1">
          {nav.filter((entry) => !entry.isEnd).map(item)}
        </ul>
        <ul className="flex flex-col items-center gap-1 pt-1">
          {nav.filter((entry) => entry.isEnd).map(item)}
        </ul>
      </nav>
      <div className="flex min-h-0 min-w-0 flex-col">
        {notice}
        <main
          id="main"
          tabIndex={-1} // what is hidden but read aloud is placed in here: the page itself never scrolls
          className="@container/main relative min-h-0 flex-1 overflow-auto outline-none"
        >
          {children}
        </main>
      </div>
    </div>
  )
}
