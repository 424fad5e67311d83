import { Ear } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../../ui/icon-button.tsx'
import type { BoardOperator } from '../rules.ts'
import type { ListeningAtHand } from './use-listening.ts'

/** Beside a call: the other ways are in the bar then. A call that cannot be heard has none; why stands with its operator. */
export function ListenButton({
  operator,
  contact,
  listening,
  isLive,
}: {
  operator: BoardOperator | undefined
  contact: string
  listening: ListeningAtHand
  isLive: boolean
}) {
  const { t } = useTranslation()
  const isHeard = listening.listening?.operator.id === operator?.id
  if (operator?.hearing !== 'possible' || isHeard) return <span />
  return (
    <IconButton
      label={t('supervision.call', { operator: operator.name, contact })}
      icon={Ear}
      isDisabled={!isLive}
      onPress={() => listening.listen(operator.id, 'listen')}
    />
  )
}
