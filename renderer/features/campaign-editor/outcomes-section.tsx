import { ArrowDown, ArrowUp, ListChecks, Plus, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CampaignOutcome, Outcome } from '../../../shared/domain/campaign/outcomes.ts'
import type { Language } from '../../../shared/text/keys.ts'
import { useCrm } from '../../client/crm.ts'
import { useAnnounce } from '../../ui/announcer.tsx'
import { EmptyState } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Mark } from '../../ui/chip.tsx'
import { effectLook } from '../../ui/domain-tones.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { Problem } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/progress.tsx'
import { freeKey, isFixed, moveToKey } from './draft.ts'
import { EffectText } from './effect-text.tsx'
import { OutcomeDialog } from './outcome-dialog.tsx'
import { Section } from './section.tsx'
import type { Editor } from './use-editor.ts'

export function OutcomesSection({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const [isNew, setNew] = useState(false)
  const catalogue = useCrm('outcomes', (crm) => crm.outcomes.list({}))
  const state = editor.campaign?.state ?? 'draft'
  const isClosed = isFixed(state, 'outcomes')
  const { outcomes } = editor.draft
  const key = freeKey(outcomes)
  const add = (outcome: Outcome) =>
    key !== null &&
    editor.change({ outcomes: [...outcomes, { ...outcome, key }].toSorted((a, b) => a.key - b.key) })
  const rest = (catalogue.value ?? []).filter(({ code }) => outcomes.every((own) => own.code !== code))
  return (
    <div className="grid items-start gap-3 @min-[70rem]/main:grid-cols-[1.2fr_1fr]">
      <Section title={t('campaigns.outcomes.onKeys')} about={t('campaigns.outcomes.about')} isFlush>
        {outcomes.length === 0 ? (
          <EmptyState icon={ListChecks} title={t('campaigns.outcomes.none')}>
            {t('campaigns.outcomes.noneDo')}
          </EmptyState>
        ) : (
          <KeyList editor={editor} isClosed={isClosed} />
        )}
      </Section>
      <Section
        title={t('campaigns.outcomes.catalogue')}
        about={t('campaigns.outcomes.catalogueAbout')}
        isFlush
        actions={
          <Button size="small" icon={Plus} isDisabled={isClosed} onPress={() => setNew(true)}>
            {t('campaigns.outcomes.new')}
          </Button>
        }
      >
        {catalogue.error && <Problem error={catalogue.error} onRetry={catalogue.reload} className="m-3" />}
        {catalogue.value === undefined && !catalogue.error && (
          <div className="p-4">
            <Skeleton label={t('campaigns.loading')} />
          </div>
        )}
        {catalogue.value && rest.length === 0 && (
          <p className="px-4 py-3 text-ink-2">{t('campaigns.outcomes.allTaken')}</p>
        )}
        <ul>
          {rest.map((outcome) => (
            <li
              key={outcome.code}
              className="flex items-center gap-3 border-b border-line px-4 py-2 last:border-b-0"
            >
              <OutcomeText outcome={outcome} />
              <Button
                size="small"
                isDisabled={isClosed || key === null}
                onPress={() => add(outcome)}
                aria-label={t('campaigns.outcomes.addNamed', { name: outcome.label.it })}
              >
                {t('campaigns.outcomes.add')}
              </Button>
            </li>
          ))}
        </ul>
      </Section>
      <OutcomeDialog
        isOpen={isNew}
        taken={(catalogue.value ?? []).map(({ code }) => code)}
        onClose={() => setNew(false)}
        onSaved={(outcome) => {
          setNew(false)
          catalogue.reload()
          add(outcome)
        }}
      />
    </div>
  )
}

function OutcomeText({ outcome }: { outcome: Outcome }) {
  const { i18n } = useTranslation()
  return (
    <span className="min-w-0 flex-1">
      <span className="flex items-center gap-2 font-semibold">
        <Mark {...effectLook[outcome.effect]} />
        {outcome.label[i18n.language as Language]}
      </span>
      <span className="block text-small text-ink-3">
        <EffectText outcome={outcome} />
      </span>
    </span>
  )
}

/** Alt with an arrow moves the outcome that has the focus, as the buttons do. */
function KeyList({ editor, isClosed }: { editor: Editor; isClosed: boolean }) {
  const { t, i18n } = useTranslation()
  const announce = useAnnounce()
  const { outcomes } = editor.draft
  const mayRemove = (editor.campaign?.state ?? 'draft') === 'draft'
  const move = (outcome: CampaignOutcome, by: number) => {
    const to = outcome.key + by
    if (isClosed || to < 1 || to > 9) return
    editor.change({ outcomes: moveToKey(outcomes, outcome.code, to) })
    announce(t('campaigns.outcomes.moved', { name: outcome.label[i18n.language as Language], key: to }))
  }
  const onKey = (outcome: CampaignOutcome) => (event: { altKey: boolean; key: string }) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    move(outcome, event.key === 'ArrowUp' ? -1 : 1)
  }
  return (
    <ol aria-label={t('campaigns.outcomes.onKeys')}>
      {outcomes.map((outcome) => {
        const name = outcome.label[i18n.language as Language]
        return (
          <li
            key={outcome.code}
            className="flex items-center gap-3 border-b border-line px-4 py-2 last:border-b-0"
          >
            <Kbd keys={String(outcome.key)} />
            <OutcomeText outcome={outcome} />
            <span className="flex">
              <IconButton
                label={t('campaigns.outcomes.up', { name })}
                icon={ArrowUp}
                shortcut="Alt+ArrowUp"
                isDisabled={isClosed}
                onKeyDown={onKey(outcome)}
                onPress={() => move(outcome, -1)}
              />
              <IconButton
                label={t('campaigns.outcomes.down', { name })}
                icon={ArrowDown}
                shortcut="Alt+ArrowDown"
                isDisabled={isClosed}
                onKeyDown={onKey(outcome)}
                onPress={() => move(outcome, 1)}
              />
              <IconButton
                label={t('campaigns.outcomes.remove', { name })}
                icon={X}
                isDisabled={!mayRemove}
                onPress={() =>
                  editor.change({ outcomes: outcomes.filter(({ code }) => code !== outcome.code) })
                }
              />
            </span>
          </li>
        )
      })}
    </ol>
  )
}
