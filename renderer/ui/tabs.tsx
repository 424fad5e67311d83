import type { ReactNode } from 'react'
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components'
import { cx } from './cx.ts'

export interface TabItem {
  id: string
  label: string
  count?: string | undefined
  content: ReactNode
  isDisabled?: boolean | undefined
}

export interface TabsProps {
  label: string
  tabs: readonly TabItem[]
  selected?: string | undefined
  onSelect?: ((id: string) => void) | undefined
  /** vertical: a list of sections at the left, as in the campaign editor */
  isVertical?: boolean | undefined
  className?: string | undefined
}

export function Tabs({ label, tabs, selected, onSelect, isVertical = false, className }: TabsProps) {
  return (
    <AriaTabs
      orientation={isVertical ? 'vertical' : 'horizontal'}
      className={cx('flex min-h-0', isVertical ? 'flex-row gap-4' : 'flex-col', className)}
      {...(selected !== undefined && { selectedKey: selected })}
      {...(onSelect && { onSelectionChange: (key) => onSelect(String(key)) })}
    >
      <TabList
        aria-label={label}
        className={cx(
          'flex gap-1',
          isVertical ? 'w-52 shrink-0 flex-col' : 'flex-wrap border-b border-line px-4 py-2',
        )}
      >
        {tabs.map((tab) => (
          <Tab
            key={tab.id}
            id={tab.id}
            isDisabled={tab.isDisabled ?? false}
            className={cx(
              'flex cursor-default items-center gap-1.5 text-compact text-ink-2 transition-colors data-hovered:bg-hover data-selected:bg-accent-weak',
              'data-selected:font-semibold data-selected:text-accent data-disabled:text-ink-3',
              isVertical ? 'min-h-8 rounded-field px-2.5 py-1' : 'min-h-6 rounded-full px-2.5 py-0.5',
            )}
          >
            {tab.label}
            {tab.count !== undefined && <span>{tab.count}</span>}
          </Tab>
        ))}
      </TabList>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className="min-h-0 min-w-0 flex-1 overflow-auto">
          {tab.content}
        </TabPanel>
      ))}
    </AriaTabs>
  )
}
