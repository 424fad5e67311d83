import { Save } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { Work } from '../../../../shared/contract/call.ts'
import type { CampaignOutcome } from '../../../../shared/domain/campaign/outcomes.ts'
import { errorKeys } from '../../../../shared/text/keys.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Card, Heading } from '../../../ui/card.tsx'
import { useHotkeys } from '../../../ui/hotkeys/hotkeys.tsx'
import type { DraftStore } from '../draft-store.ts'
import { CallbackField, useCallbackInstant } from './callback-field.tsx'
import { Missing } from './missing.tsx'
import { Note } from './note.tsx'
import { OutcomeList } from './outcome-list.tsx'
import type { WrapUp } from './use-wrap-up.ts'

/** What keeps nine outcomes, the date and the button on a screen of 768 lines without scrolling. */
function noteRows(isCallback: boolean, outcomes: number): number {
  if (!isCallback) return 3
  return outcomes > 8 ? 1 : 2
}

export function OutcomeZone({ work, drafts, wrapUp }: { work: Work; drafts: DraftStore; wrapUp: WrapUp }) {
  const { t, i18n } = useTranslation()
  const { offer } = work
  const { outcomes, zone, callbackGraceMinutes } = offer.campaign
  const code = useStore(drafts, (state) => state.draft.outcome)
  const callbackText = useStore(drafts, (state) => state.draft.callbackText)
  const isEnabled = work.buttons.includes('outcome')
  const chosen = outcomes.find((outcome) => outcome.code === code)
  const isCallback = isEnabled && chosen?.effect === 'callback'
  const when = useCallbackInstant(callbackText, zone)
  const language = i18n.language === 'en' ? 'en' : 'it'

  const press = (outcome: CampaignOutcome) =>
    outcome.effect === 'callback' ? wrapUp.choose(outcome) : wrapUp.save(outcome, null)
  const saveChosen = () => {
    if (!chosen) return
    if (chosen.effect !== 'callback') wrapUp.save(chosen, null)
    else if (when.ok) wrapUp.save(chosen, when.at)
  }
  const hasSave = isEnabled && chosen !== undefined && (isCallback ? when.ok : wrapUp.missing.length > 0)
  const group = t('outcome.group')
  const key = useHotkeys([
    ...outcomes.map((outcome) => ({
      id: `outcome-key.${outcome.key}`,
      label: outcome.label[language],
      group,
      keys: [String(outcome.key), `Ctrl+Enter ${outcome.key}`],
      run: () => press(outcome),
      isEnabled,
    })),
    {
      id: 'outcome.save',
      label: t('outcome.save'),
      group,
      keys: ['Enter'],
      run: saveChosen,
      isEnabled: hasSave && isCallback,
    },
  ])

  return (
    <Card label={t('outcome.zone')} className="flex min-h-0 flex-1 flex-col relative overflow-auto">
      <div className="border-b border-line px-3.5 py-2.5">
        <Heading level={2} look="label">
          {t('outcome.zone')}
        </Heading>
        {!isEnabled && <p className="text-compact text-ink-2">{t('outcome.afterDial')}</p>}
      </div>
      <OutcomeList
        outcomes={outcomes}
        chosen={isEnabled ? code : null}
        saving={wrapUp.saving}
        isEnabled={isEnabled}
        keyOf={(outcome) => key(`outcome-key.${outcome.key}`)}
        onPress={press}
      />
      {isCallback && (
        <CallbackField
          text={callbackText}
          zone={zone}
          graceMinutes={callbackGraceMinutes}
          onText={(text) => drafts.change({ callbackText: text })}
          onSave={(at) => chosen && wrapUp.save(chosen, at)}
        />
      )}
      {wrapUp.missing.length > 0 && (
        <Missing missing={wrapUp.missing} onGo={(page) => drafts.change({ page })} />
      )}
      {wrapUp.problem !== null && (
        <Banner
          kind="error"
          className="mx-3 my-2"
          title={t('outcome.notSaved')}
          means={t(errorKeys(wrapUp.problem).what)}
          todo={t('outcome.notSavedDo')}
        />
      )}
      <div className="flex-1" />
      <Note drafts={drafts} rows={noteRows(isCallback, outcomes.length)} />
      {hasSave && (
        <div className="px-3 pb-3">
          <Button
            variant="primary"
            size="big"
            icon={Save}
            isWide
            shortcut={isCallback ? 'Enter' : key(`outcome-key.${chosen.key}`)}
            isPending={wrapUp.saving !== null}
            onPress={saveChosen}
          >
            {t('outcome.save')}
          </Button>
        </div>
      )}
    </Card>
  )
}
