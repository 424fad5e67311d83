import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { outcomeEffects, type Outcome, type OutcomeEffect } from '../../../shared/domain/campaign/outcomes.ts'
import type { OutcomeCode } from '../../../shared/std/ids.ts'
import { useAction } from '../../client/crm.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { Problem } from '../../ui/problem.tsx'
import { Select } from '../../ui/select.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { EffectText, toMinutes, units, type Unit } from './effect-text.tsx'

interface OutcomeDialogProps {
  isOpen: boolean
  taken: readonly string[]
  onClose: () => void
  onSaved: (outcome: Outcome) => void
}

/** A code from a name: "Già cliente" becomes `gia-cliente`. */
export const codeOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)

/** Adds an outcome to the catalogue, for all campaigns. */
export function OutcomeDialog({ isOpen, taken, onClose, onSaved }: OutcomeDialogProps) {
  const { t } = useTranslation()
  const action = useAction()
  const [it, setIt] = useState('')
  const [en, setEn] = useState('')
  const [effect, setEffect] = useState<OutcomeEffect>('close-negative')
  const [after, setAfter] = useState<number | null>(2)
  const [unit, setUnit] = useState<Unit>('hours')
  const [needsCompleteAnswers, setComplete] = useState(false)
  const [isTried, setTried] = useState(false)
  useEffect(() => {
    if (!isOpen) return
    setIt('')
    setEn('')
    setTried(false)
  }, [isOpen])

  const code = codeOf(it)
  const isTaken = taken.includes(code)
  const outcome: Outcome = {
    code: code as OutcomeCode,
    label: { it: it.trim(), en: en.trim() },
    effect,
    retryAfterMinutes: effect === 'retry' ? toMinutes(after ?? 1, unit) : null,
    needsCompleteAnswers,
  }
  const missing = (text: string) =>
    isTried && text.trim() === '' ? t('campaigns.fieldProblems.missing') : undefined
  const save = async () => {
    setTried(true)
    if (code === '' || isTaken || en.trim() === '') return
    const saved = await action.run('catalogue', (crm) =>
      crm.outcomes.save({ params: { code: outcome.code }, body: outcome }),
    )
    if (saved) onSaved(saved)
  }
  return (
    <Dialog
      title={t('campaigns.outcomes.new')}
      isOpen={isOpen}
      onClose={onClose}
      size="small"
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" isPending={action.pending !== null} onPress={() => void save()}>
            {t('campaigns.outcomes.saveNew')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {action.error && <Problem error={action.error} />}
        <TextField
          label={t('campaigns.outcomes.labelIt')}
          isRequired
          autoFocus
          maxLength={80}
          value={it}
          onChange={setIt}
          error={isTaken ? t('campaigns.outcomes.taken') : missing(it)}
        />
        <TextField
          label={t('campaigns.outcomes.labelEn')}
          isRequired
          maxLength={80}
          value={en}
          onChange={setEn}
          error={missing(en)}
        />
        <Select
          label={t('campaigns.outcomes.effect')}
          options={outcomeEffects.map((id) => ({ id, label: t(`campaigns.effectNames.${id}`) }))}
          value={effect}
          onChange={(id) => setEffect(id as OutcomeEffect)}
        />
        {effect === 'retry' && (
          <div className="grid grid-cols-2 gap-3">
            <NumberField
              label={t('campaigns.outcomes.after')}
              min={1}
              max={90}
              value={after}
              onChange={setAfter}
            />
            <Select
              label={t('campaigns.outcomes.unit')}
              options={units.map((id) => ({ id, label: t(`campaigns.units.${id}`) }))}
              value={unit}
              onChange={(id) => setUnit(id as Unit)}
            />
          </div>
        )}
        <Checkbox isSelected={needsCompleteAnswers} onChange={setComplete}>
          {t('campaigns.outcomes.complete')}
        </Checkbox>
        <p className="rounded-field bg-off-weak px-3 py-2 text-compact text-ink-2">
          <EffectText outcome={outcome} />
        </p>
      </div>
    </Dialog>
  )
}
