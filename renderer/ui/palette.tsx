import { Search } from 'lucide-react'
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  Modal,
  ModalOverlay,
  SearchField,
  useFilter,
} from 'react-aria-components'
import type { Keys } from './hotkeys/keys.ts'
import { useActiveHotkeys } from './hotkeys/hotkeys.tsx'
import { Kbd } from './kbd.tsx'
import { itemClass } from './options.tsx'
import { useWords } from './words.tsx'

export interface PaletteAction {
  id: string
  label: string
  group: string
  run: () => void
  keys?: readonly Keys[] | undefined
}

export interface PaletteProps {
  isOpen: boolean
  onClose: () => void
  /** actions without a key; those with one are found by themselves */
  actions?: readonly PaletteAction[] | undefined
}

function groupsOf(actions: readonly PaletteAction[]) {
  const unique = new Map(actions.map((action) => [action.id, action]))
  return [...Map.groupBy(unique.values(), (action) => action.group)]
}

const noActions: readonly PaletteAction[] = []

/** Every action of the moment with its key, found by typing a part of its name. */
export function Palette({ isOpen, onClose, actions = noActions }: PaletteProps) {
  const words = useWords()
  const hotkeys = useActiveHotkeys()
  const { contains } = useFilter({ sensitivity: 'base' })
  const all: readonly PaletteAction[] = [...hotkeys, ...actions]
  const run = (id: string) => {
    onClose()
    // after the focus has gone back to where it was
    setTimeout(() => all.findLast((action) => action.id === id)?.run())
  }
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
      className="fixed inset-0 z-50 flex items-start justify-center bg-backdrop p-4 pt-[10dvh]"
    >
      <Modal className="w-full max-w-150 rounded-card border border-line-strong bg-surface shadow-raised">
        <Dialog aria-label={words.commandSearch} className="flex max-h-[75dvh] flex-col outline-none">
          <Autocomplete filter={contains}>
            <SearchField
              // a dialog takes the focus, on what one came for (WAI-ARIA APG, dialog pattern)
              // oxlint-disable-next-line jsx-a11y/no-autofocus
              autoFocus
              aria-label={words.commandSearch}
              className="flex items-center gap-2.5 border-b border-line px-4"
            >
              <Search className="size-4.5 shrink-0 text-ink-3" aria-hidden />
              <Input
                placeholder={words.commandSearch}
                className="min-h-11 min-w-0 flex-1 bg-transparent text-title outline-none [&::-webkit-search-cancel-button]:hidden"
              />
              <Kbd keys="Escape" />
            </SearchField>
            <div
              // the focus stays in the search field, but the list is scrolled by keyboard too (axe: scrollable-region-focusable)
              // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
              tabIndex={0}
              role="group"
              aria-label={words.actions}
              className="min-h-0 flex-1 overflow-auto"
            >
              <Menu
                aria-label={words.actions}
                className="p-1.5 outline-none"
                onAction={(key) => run(String(key))}
                renderEmptyState={() => <p className="px-2 py-3 text-ink-3">{words.noMatches}</p>}
              >
                {groupsOf(all).map(([group, entries]) => (
                  <MenuSection key={group} id={`group ${group}`} aria-label={group || words.actions}>
                    {group !== '' && (
                      <Header className="px-2 pt-2 pb-1 text-small font-semibold text-ink-3">{group}</Header>
                    )}
                    {entries.map((action) => (
                      <MenuItem key={action.id} id={action.id} textValue={action.label} className={itemClass}>
                        <span className="min-w-0 flex-1">{action.label}</span>
                        <span className="inline-flex gap-2">
                          {action.keys?.map((keys) => (
                            <Kbd key={keys} keys={keys} />
                          ))}
                        </span>
                      </MenuItem>
                    ))}
                  </MenuSection>
                ))}
              </Menu>
            </div>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
