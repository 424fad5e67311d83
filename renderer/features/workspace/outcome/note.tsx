import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { TextArea } from '../../../ui/text-field.tsx'
import { useHotkeys } from '../../../ui/hotkeys/hotkeys.tsx'
import type { DraftStore } from '../draft-store.ts'

/** Kept while it is typed; says so only when it cannot be. */
export function Note({ drafts, rows }: { drafts: DraftStore; rows: number }) {
  const { t } = useTranslation()
  const note = useStore(drafts, (state) => state.draft.note)
  const hasTrouble = useStore(drafts, (state) => state.hasTrouble)
  const field = useRef<HTMLTextAreaElement>(null)
  const key = useHotkeys([
    {
      id: 'outcome.note',
      label: t('outcome.note'),
      group: t('outcome.group'),
      keys: ['F10'],
      run: () => field.current?.focus(),
    },
  ])
  return (
    <TextArea
      label={t('outcome.note')}
      className="px-3 pb-3"
      value={note}
      onChange={(text) => drafts.change({ note: text })}
      onBlur={drafts.flush}
      placeholder={t('outcome.notePlaceholder')}
      rows={rows}
      maxLength={10_000}
      shortcut={key('outcome.note')}
      ref={field}
      {...(hasTrouble && { error: t('outcome.draftTrouble') })}
    />
  )
}
