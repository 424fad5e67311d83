import { useTranslation } from 'react-i18next'
import type { Desktop } from '../../../../shared/contract/index.ts'
import type { OperatorState } from '../../../../shared/domain/operator/operator.ts'
import type { ViewValue } from '../../../../shared/rpc/contract.ts'
import { stateKeys } from '../../../../shared/text/keys.ts'
import { useGrammar } from '../../../client/grammar.ts'
import type { StateTone } from '../../../ui/tone.ts'

export type Status = ViewValue<Desktop, 'operator.status'>

const tones: Readonly<Record<OperatorState, StateTone>> = {
  offline: 'off',
  ready: 'ready',
  reserved: 'ring',
  ringing: 'ring',
  talking: 'talk',
  'wrap-up': 'wrap',
  break: 'break',
  missed: 'missed',
}

/** Cut off from the server nobody is ready, whatever was last heard. */
export const shownState = ({ connected, view }: Status): OperatorState =>
  connected && view ? view.state : 'offline'

export const operatorTone = (status: Status): StateTone => tones[shownState(status)]

/** "Pronta", "In linea", "Pausa: caffè", in the form that agrees with the operator. */
export function useStateWord(): (status: Status) => string {
  const { t } = useTranslation()
  const grammar = useGrammar()
  return (status) => {
    const state = shownState(status)
    const reason = status.view?.breakReason
    if (state === 'reserved') return t('call.preview')
    return state === 'break' && reason
      ? t(stateKeys['break-reason'], { reason: t(`operator.breaks.${reason}`) })
      : t(stateKeys[state], grammar)
  }
}
