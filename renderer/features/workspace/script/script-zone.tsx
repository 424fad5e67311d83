import { ArrowLeft, FileQuestion } from 'lucide-react'
import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { Offer } from '../../../../shared/crm-api/work.ts'
import { mergeValues } from '../../../../shared/domain/script/merge.ts'
import { pages, type QuestionView, type TextView } from '../../../../shared/domain/script/pages.ts'
import type { Answers, AnswerValue } from '../../../../shared/domain/script/types.ts'
import { useAnnounce } from '../../../ui/announcer.tsx'
import { EmptyState } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { useHotkeys } from '../../../ui/hotkeys/hotkeys.tsx'
import type { DraftStore } from '../draft-store.ts'
import { namesOf } from '../words.ts'
import { Collected } from './collected.tsx'
import { letterKeys } from './letters.ts'
import { Objections } from './objections.tsx'
import { PageSteps } from './page-steps.tsx'
import { Question } from './question.tsx'
import { pageIndex, scriptOf } from './run-script.ts'
import { Sensitive } from './sensitive.tsx'
import { Merged, plain } from './text.tsx'

export interface ScriptZoneProps {
  offer: Offer
  drafts: DraftStore
  operatorName: string
  /** questions that the chosen outcome still wants, by name, with what is wrong */
  problems: ReadonlyMap<string, string>
  /** the call is over: what was collected is shown below the page */
  isOver: boolean
  /** a sensitive field of this record has the focus, or has it no more */
  onSensitive?: (on: boolean) => void
}

/** Words to say and questions to ask, page by page; what is answered goes to the draft at once. */
export const ScriptZone = memo(function ScriptZone(props: ScriptZoneProps) {
  const { t } = useTranslation()
  const document = scriptOf(props.offer.campaign.script)
  return (
    <Card label={t('script.zone')} className="flex min-h-0 flex-col">
      {document === null ? (
        <EmptyState icon={FileQuestion} title={t('script.none')} level={2}>
          {t('script.noneMeans')}
        </EmptyState>
      ) : (
        <Script {...props} document={document} />
      )}
    </Card>
  )
})

function Script({
  offer,
  drafts,
  operatorName,
  problems,
  isOver,
  onSensitive = () => {},
  document,
}: ScriptZoneProps & { document: NonNullable<ReturnType<typeof scriptOf>> }) {
  const { t } = useTranslation()
  const announce = useAnnounce()
  const answers = useStore(drafts, (state) => state.draft.answers) as Answers
  const pageName = useStore(drafts, (state) => state.draft.page)
  const values = useMemo(
    () => mergeValues(offer.contact, namesOf(operatorName), offer.campaign),
    [offer, operatorName],
  )
  const view = useMemo(() => pages(document, answers, values), [document, answers, values])
  const current = pageIndex(view, pageName)
  const page = view.pages[current]
  const elements = page?.elements ?? []
  const letters = useMemo(() => letterKeys(page?.elements ?? []), [page])
  const [open, setOpen] = useState<string | null>(null)
  const body = useRef<HTMLDivElement>(null)

  const go = (index: number) => {
    const to = view.pages[index]
    if (!to) return
    drafts.change({ page: to.name })
    setOpen(null)
    announce(t('script.announcePage', { n: index + 1, all: view.pages.length, title: plain(to.title) }))
  }
  const shownPage = useRef(page?.name)
  useEffect(() => {
    // not for the first page, which is at its top: setting it would lay out the whole page at once (4 ms of a record's 20)
    if (body.current && shownPage.current !== page?.name) body.current.scrollTop = 0
    shownPage.current = page?.name
  }, [page?.name])

  const answer = useCallback(
    (name: string, value: AnswerValue | null) => drafts.answer(name, value),
    [drafts],
  )
  const next = () => go(current + 1)
  const toggle = (name: string) => setOpen((now) => (now === name ? null : name))
  const hasNext = current < view.pages.length - 1
  const group = t('script.group')
  const key = useHotkeys([
    {
      id: 'script.next',
      label: t('script.next'),
      group,
      keys: ['Enter', 'PageDown'],
      run: next,
      isEnabled: hasNext,
    },
    {
      id: 'script.previous',
      label: t('script.previous'),
      group,
      keys: ['PageUp'],
      run: () => go(current - 1),
      isEnabled: current > 0,
    },
    ...letters.map(({ letter, element, choice }) => ({
      id: `script-letter.${letter}`,
      label: choiceLabel(elements, element, choice, t('script.yes'), t('script.no')),
      group: t('script.answersGroup'),
      keys: [letter.toUpperCase()],
      run: () => {
        const view = elements.find(({ name }) => name === element)
        if (choice === null) toggle(element)
        else if (view?.kind === 'question') answer(element, pressed(view, choice))
      },
    })),
  ])
  const letterOf = (element: string, choice: number | null) =>
    letters.find((one) => one.element === element && one.choice === choice)?.letter

  if (!page) return null
  const objections = elements.filter((element): element is TextView => element.kind === 'objection')
  return (
    <>
      <PageSteps pages={view.pages} current={current} onGo={(name) => go(pageIndex(view, name))} />
      <div
        ref={body}
        className="relative flex min-h-0 flex-1 flex-col gap-4.5 overflow-auto px-7 py-4.5 max-sm:px-4"
      >
        {elements.map((element) => {
          switch (element.kind) {
            case 'say':
              return (
                <p key={element.name} className="max-w-[58ch] text-read whitespace-pre-line">
                  <Merged segments={element.text} />
                </p>
              )
            case 'instruction':
              return (
                <p
                  key={element.name}
                  className="max-w-[70ch] border-s-3 border-line-strong ps-2.5 text-compact whitespace-pre-line text-ink-2"
                >
                  <Merged segments={element.text} />
                </p>
              )
            case 'objection':
              return null
            case 'question': {
              const question = (
                <Question
                  key={element.name}
                  question={element}
                  error={problems.get(element.name)}
                  letterOf={(choice) => letterOf(element.name, choice)}
                  onAnswer={answer}
                  onEnter={next}
                />
              )
              return element.sensitive ? (
                <Sensitive key={element.name} onFocus={onSensitive}>
                  {question}
                </Sensitive>
              ) : (
                question
              )
            }
          }
        })}
        <Objections
          objections={objections}
          open={open}
          onToggle={toggle}
          letterOf={(name) => letterOf(name, null)}
        />
        {isOver && <Collected view={view} />}
      </div>
      <div className="flex flex-wrap items-center gap-2 border-t border-line px-4.5 py-2.5">
        <Button
          icon={ArrowLeft}
          shortcut={key('script.previous')}
          isDisabled={current === 0}
          onPress={() => go(current - 1)}
        >
          {t('script.previous')}
        </Button>
        <span className="flex-1 text-center text-compact text-ink-3">
          {view.progress.questions > 0 &&
            t('script.answered', { n: view.progress.answered, all: view.progress.questions })}
        </span>
        {hasNext ? (
          <Button variant="primary" shortcut={key('script.next')} onPress={next}>
            {t('script.next')}
          </Button>
        ) : (
          <span className="text-compact text-ink-2">{t('script.lastPage')}</span>
        )}
      </div>
    </>
  )
}

/** What a letter does to an answer: chooses, or ticks and unticks where several may be chosen. */
export function pressed(question: QuestionView, choice: number): AnswerValue | null {
  if (question.type === 'boolean') return choice === 0
  const value = question.choices[choice]?.value ?? null
  if (question.type !== 'checkbox' || value === null) return value
  const now = Array.isArray(question.value) ? question.value : []
  const next = now.includes(value) ? now.filter((one) => one !== value) : [...now, value]
  return next.length === 0 ? null : next
}

function choiceLabel(
  elements: readonly (QuestionView | TextView)[],
  name: string,
  choice: number | null,
  yes: string,
  no: string,
): string {
  const element = elements.find((one) => one.name === name)
  if (!element) return name
  if (element.kind !== 'question' || choice === null) return plain(element.title)
  const answer =
    element.type === 'boolean'
      ? (choice === 0 ? element.labels.yes : element.labels.no) || (choice === 0 ? yes : no)
      : element.choices[choice]?.text
  return `${plain(element.title)} ${answer ?? ''}`
}
