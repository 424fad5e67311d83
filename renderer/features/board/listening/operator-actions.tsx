import { useTranslation } from 'react-i18next'
import { supervisionModes } from '../../../../shared/domain/supervision/supervision.ts'
import { Button } from '../../../ui/button.tsx'
import { Tag } from '../../../ui/chip.tsx'
import type { BoardOperator } from '../rules.ts'
import { modeLooks } from './modes.ts'
import type { ListeningAtHand } from './use-listening.ts'

/** Listen, coach, join beside who is in a call; otherwise why not, in words. */
export function OperatorActions({
  operator,
  listening: at,
  isLive,
}: {
  operator: BoardOperator
  listening: ListeningAtHand
  isLive: boolean
}) {
  const { t } = useTranslation()
  const { id, name, hearing } = operator
  if (hearing === 'no-call') return null
  if (hearing !== 'possible') {
    return <span className="text-compact text-ink-3">{t(`supervision.hearing.${hearing}`)}</span>
  }
  const mine = at.listening?.operator.id === id ? at.listening : null
  return (
    <span className="inline-flex gap-1.5">
      {supervisionModes.map((mode) => (
        <Button
          key={mode}
          size="small"
          isOn={mine?.mode === mode}
          isDisabled={!isLive}
          isPending={at.pending === `${mode} ${id}`}
          aria-label={t(`supervision.to.${mode}`, { operator: name })}
          onPress={() => at.listen(id, mode)}
        >
          {t(`supervision.modes.${mode}`)}
        </Button>
      ))}
    </span>
  )
}

/** Supervisors who are with the call already. */
export function WithTheCall({ operator }: { operator: BoardOperator }) {
  const { t } = useTranslation()
  return operator.supervisors.map(({ by, mode }) => (
    <Tag key={by} icon={modeLooks[mode].icon}>
      <span className="sr-only">{t(`supervision.with.${mode}`, { name: by })}</span>
      <span aria-hidden>{by}</span>
    </Tag>
  ))
}
