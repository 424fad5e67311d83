import { Check } from 'lucide-react'
import type { ReactElement } from 'react'
import {
  Header,
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
} from 'react-aria-components'
import { cx } from './cx.ts'
import type { Keys } from './hotkeys/keys.ts'
import type { Icon } from './icon.ts'
import { Kbd } from './kbd.tsx'
import { itemClass, popoverClass } from './options.tsx'

export interface MenuItem {
  id: string
  label: string
  hint?: string | undefined
  icon?: Icon | undefined
  shortcut?: Keys | undefined
  isDanger?: boolean | undefined
  isDisabled?: boolean | undefined
  /** a tick: the present choice */
  isCurrent?: boolean | undefined
}

export interface MenuGroup {
  title: string
  items: readonly MenuItem[]
}

export interface MenuProps {
  label: string
  items?: readonly MenuItem[] | undefined
  groups?: readonly MenuGroup[] | undefined
  onAction: (id: string) => void
  /** the Button, IconButton or StateChip that opens it */
  children: ReactElement
}

function Item({ item, hasTicks }: { item: MenuItem; hasTicks: boolean }) {
  const IconPart = item.icon
  return (
    <AriaMenuItem
      id={item.id}
      textValue={item.label}
      isDisabled={item.isDisabled ?? false}
      className={cx(
        itemClass,
        item.isDanger && 'text-danger data-focused:bg-danger-weak data-focused:text-danger',
      )}
    >
      {hasTicks && (
        <Check className="size-4 shrink-0 opacity-0 group-data-selected:opacity-100" aria-hidden />
      )}
      {IconPart && <IconPart className="size-4 shrink-0" strokeWidth={1.9} aria-hidden />}
      <span className="min-w-0 flex-1">
        {item.label}
        {item.hint !== undefined && <span className="block text-small text-ink-3">{item.hint}</span>}
      </span>
      {item.shortcut !== undefined && <Kbd keys={item.shortcut} />}
    </AriaMenuItem>
  )
}

const noItems: readonly MenuItem[] = []
const noGroups: readonly MenuGroup[] = []

export function Menu({ label, items = noItems, groups = noGroups, onAction, children }: MenuProps) {
  const current = [...items, ...groups.flatMap((group) => group.items)].filter((item) => item.isCurrent)
  const hasTicks = current.length > 0
  return (
    <MenuTrigger>
      {children}
      <Popover className={popoverClass} offset={4}>
        <AriaMenu
          aria-label={label}
          className="min-w-48 outline-none"
          onAction={(key) => onAction(String(key))}
        >
          {items.map((item) => (
            <Item key={item.id} item={item} hasTicks={hasTicks} />
          ))}
          {groups.map((group) => (
            <MenuSection key={group.title}>
              <Header className="px-2 pt-2 pb-1 text-small font-semibold text-ink-3">{group.title}</Header>
              {group.items.map((item) => (
                <Item key={item.id} item={item} hasTicks={hasTicks} />
              ))}
            </MenuSection>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  )
}
