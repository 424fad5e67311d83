import { Check } from 'lucide-react'
import { useEffect, useLayoutEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Desk } from '../../../../shared/contract/call.ts'
import { useClient, useView } from '../../../client/desktop.ts'
import { AppError, isNetworkTurn } from '../../../../shared/std/errors.ts'
import { useAnnounce } from '../../../ui/announcer.tsx'
import { useHotkeys } from '../../../ui/hotkeys/hotkeys.tsx'
import { UndoBar } from '../../../ui/undo-bar.tsx'
import { markPainted } from '../painted.ts'

/** Says once that it is saved: the bar itself is drawn anew when the next record comes. */
export function useSavedNews(undo: Desk['undo']) {
  const { t, i18n } = useTranslation()
  const announce = useAnnounce()
  const saved = undo && `${undo.attempt} ${undo.until}`
  useEffect(() => {
    if (undo)
      announce(t('outcome.savedAs', { outcome: undo.outcome[languageOf(i18n)], contact: undo.contact }))
    // told once per wrap-up, not again in another language
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [saved])
  useLayoutEffect(
    () => (undo ? markPainted('cuffia:saved-painted', undo.attempt) : undefined),
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [saved],
  )
}

const languageOf = ({ language }: { language: string }) => (language === 'en' ? 'en' : 'it')

type Refused = 'undoTooLate' | 'undoNoServer'
const refusedBy = (error: unknown): Refused =>
  error instanceof AppError && isNetworkTurn(error) ? 'undoNoServer' : 'undoTooLate'
const refusedMs = 6_000

/** "Salvato" comes from the host once it is on disk; for five seconds, or until the next call leaves, it can be undone. */
export function Saved() {
  const { t } = useTranslation()
  const undo = useView('call.desk')?.undo
  const saved = undo && `${undo.attempt} ${undo.until}`
  const [refused, setRefused] = useState<{ why: Refused; saved: string } | null>(null)
  useEffect(() => {
    if (refused === null) return
    const timer = setTimeout(() => setRefused(null), refusedMs)
    return () => clearTimeout(timer)
  }, [refused])
  if (refused && (!saved || refused.saved === saved)) {
    return (
      <output className="rounded-card border border-line bg-surface px-3.5 py-1.5 text-compact">
        {t(`outcome.${refused.why}`)}
      </output>
    )
  }
  if (!undo || !saved) return null
  return <SavedBar key={saved} undo={undo} onRefused={(why) => setRefused({ why, saved })} />
}

function SavedBar({
  undo,
  onRefused,
}: {
  undo: NonNullable<Desk['undo']>
  onRefused: (why: Refused) => void
}) {
  const { t, i18n } = useTranslation()
  const client = useClient()
  const [isOver, setOver] = useState(false)
  const outcome = undo.outcome[languageOf(i18n)]
  // The server dials the next by itself: from then on it would only refuse.
  const hasLeft = useView('operator.status')?.view?.dialing != null
  const run = () =>
    void client.call.undo({ attempt: undo.attempt }).catch((error: unknown) => {
      setOver(true)
      onRefused(refusedBy(error))
    })
  const key = useHotkeys([
    {
      id: 'outcome.undo',
      label: t('outcome.undo'),
      group: t('outcome.group'),
      keys: ['U'],
      run,
      isEnabled: !isOver && !hasLeft,
    },
  ])
  if (isOver) return null
  return (
    <UndoBar
      until={undo.until}
      onUndo={hasLeft ? null : run}
      onEnd={() => setOver(true)}
      shortcut={key('outcome.undo')}
    >
      <span className="flex items-start gap-1.5 text-compact">
        <Check className="mt-0.5 size-4 shrink-0 text-ready" strokeWidth={2.4} aria-hidden />
        {t('outcome.savedAs', { outcome, contact: undo.contact })}
      </span>
    </UndoBar>
  )
}
