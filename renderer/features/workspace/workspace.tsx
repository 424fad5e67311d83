import { memo, useEffect, useLayoutEffect, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Work } from '../../../shared/contract/call.ts'
import { useClient, useView } from '../../client/desktop.ts'
import { pageClock } from '../../client/page-clock.ts'
import { Between } from './between/between.tsx'
import { ContactZone } from './contact/contact-zone.tsx'
import type { RecordingsView } from './contact/history.tsx'
import { createDraftStore, type DraftStore } from './draft-store.ts'
import { OutcomeZone } from './outcome/outcome-zone.tsx'
import { Saved, useSavedNews } from './outcome/saved-bar.tsx'
import { useWrapUp } from './outcome/use-wrap-up.ts'
import { markPainted } from './painted.ts'
import { ScriptZone } from './script/script-zone.tsx'
import { useSensitiveFocus } from './script/use-sensitive-focus.ts'
import { useNews } from './use-news.ts'
import { useQuestionProblems } from './use-question-problems.ts'
import { useWork } from './use-work.ts'
import { stageOf } from './words.ts'
import { Zones } from './zones.tsx'

/**
 * The operator's page: the record on the desk, or what there is to know between two. `readiness` joins the checks,
 * `callers` the callbacks, `Recordings` what can be heard of an earlier call.
 */
export function Workspace({
  readiness,
  callers,
  Recordings,
}: {
  readiness?: ReactNode
  callers?: ReactNode
  Recordings?: RecordingsView
}) {
  const { t } = useTranslation()
  const desk = useView('call.desk')
  const session = useView('session.current')
  const work = useWork()
  useNews(desk?.work ?? null)
  useSavedNews(desk?.undo ?? null)
  if (!desk || session?.status !== 'signed-in') return null
  return (
    <>
      <h1 className="sr-only">{t('operator.pages.work')}</h1>
      {work ? (
        <AtWork
          key={`${work.attempt} ${work.offer.contact.id}`}
          work={work}
          operatorName={session.user.displayName}
          Recordings={Recordings}
        />
      ) : (
        <Between readiness={readiness} callers={callers} />
      )}
    </>
  )
}

/** Made anew for each record (its key is the attempt, and who it turned out to be), so nothing of the last one can stay behind. */
const AtWork = memo(function AtWork({
  work,
  operatorName,
  Recordings,
}: {
  work: Work
  operatorName: string
  Recordings: RecordingsView | undefined
}) {
  const { offer } = work
  const drafts = useDrafts(work)
  const wrapUp = useWrapUp(work, drafts, operatorName)
  const problems = useQuestionProblems(wrapUp.missing)
  const onSensitive = useSensitiveFocus(work.attempt, work.call !== null)
  useLayoutEffect(() => markPainted('cuffia:offer-painted', work.attempt), [work.attempt])
  return (
    <Zones
      contact={<ContactZone offer={offer} Recordings={Recordings} />}
      script={
        <ScriptZone
          offer={offer}
          drafts={drafts}
          operatorName={operatorName}
          problems={problems}
          isOver={stageOf(work) === 'wrap-up'}
          onSensitive={onSensitive}
        />
      }
      outcome={
        <>
          <OutcomeZone work={work} drafts={drafts} wrapUp={wrapUp} />
          <Saved />
        </>
      }
    />
  )
})

/** What is typed for this attempt; nothing waits when the record leaves the desk or the page is left, hidden or closed. */
function useDrafts({ attempt, draft }: Work): DraftStore {
  const client = useClient()
  // made from the first view of the record; from then on the page leads
  const [drafts] = useState(() =>
    createDraftStore({
      initial: draft,
      clock: pageClock,
      save: (typed) => client.call.saveDraft({ attempt, draft: typed }),
    }),
  )
  useEffect(() => {
    window.addEventListener('pagehide', drafts.flush)
    document.addEventListener('visibilitychange', drafts.flush)
    return () => {
      window.removeEventListener('pagehide', drafts.flush)
      document.removeEventListener('visibilitychange', drafts.flush)
      drafts.flush()
    }
  }, [drafts])
  return drafts
}
