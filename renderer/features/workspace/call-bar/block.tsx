import { MicOff, Phone as PhoneIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Work } from '../../../../shared/contract/call.ts'
import { stateKeys } from '../../../../shared/text/keys.ts'
import { Timer } from '../../../ui/timer.tsx'
import { StateBlock } from './state-block.tsx'
import { stageOf } from '../words.ts'
import { WrapUpTimer } from './wrap-up-timer.tsx'

/** Instants of the call are on this machine's clock, the offer's is the server's. */
export function Block({ work }: { work: Work }) {
  const { t } = useTranslation()
  const { call, offer } = work
  const stage = stageOf(work)
  if (!call || stage === 'preview' || stage === 'dialing') {
    return (
      <StateBlock tone="ring" word={t('call.preview')} icon={PhoneIcon}>
        <Timer since={offer.offeredAt} />
      </StateBlock>
    )
  }
  switch (stage) {
    case 'ringing':
      return (
        <StateBlock tone="ring" word={t(stateKeys.ringing)}>
          <Timer since={call.startedAt} offset={0} />
        </StateBlock>
      )
    case 'talking':
    case 'held': {
      const isMuted = stage === 'talking' && call.phase.name === 'talking' && call.phase.muted
      return (
        <StateBlock
          tone={stage === 'held' ? 'hold' : 'talk'}
          word={t(isMuted ? 'call.talkingMuted' : stateKeys[stage])}
          {...(isMuted && { icon: MicOff })}
        >
          <Timer since={call.answeredAt ?? call.startedAt} offset={0} />
        </StateBlock>
      )
    }
    case 'wrap-up': {
      const since = call.phase.name === 'wrap-up' ? call.phase.since : (call.endedAt ?? call.startedAt)
      return (
        <StateBlock tone="wrap" word={t(stateKeys['wrap-up'])}>
          <WrapUpTimer key={since} until={since + offer.campaign.wrapUpSeconds * 1000} />
        </StateBlock>
      )
    }
  }
}
