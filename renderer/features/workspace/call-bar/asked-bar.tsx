import { MessageCircleQuestionMark, Phone, PhoneOff } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Asked } from '../../../../shared/contract/call.ts'
import { errorKeys, stateKeys } from '../../../../shared/text/keys.ts'
import { useClient } from '../../../client/desktop.ts'
import { useAnnounce } from '../../../ui/announcer.tsx'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { cx } from '../../../ui/cx.ts'
import { useHotkeys } from '../../../ui/hotkeys/hotkeys.tsx'
import { Timer } from '../../../ui/timer.tsx'
import { phoneText } from '../words.ts'
import { StateBlock } from './state-block.tsx'
import { useCommand } from './use-command.ts'

/** A colleague asks for a word while their customer hears music: who, about whom, and the keys for yes and no. */
export function AskedBar({ asked }: { asked: Asked }) {
  const { t } = useTranslation()
  const client = useClient()
  const announce = useAnnounce()
  const { problem, run } = useCommand()
  const { leg, from, peer, state, since } = asked
  const isUp = state === 'up'
  const values = { from, peer: phoneText(peer) }
  const answer = () => run(() => client.call.answerAsked({ leg }))
  const leave = () => run(() => client.call.leaveAsked({ leg }))
  const group = t('call.group')
  useEffect(() => {
    announce(t(isUp ? 'call.asked.newsUp' : 'call.asked.news', { from, peer: phoneText(peer) }), 'assertive')
  }, [announce, from, isUp, peer, t])
  const key = useHotkeys(
    isUp
      ? [{ id: 'call.hangUp', label: t('call.asked.leave'), group, keys: ['F4'], run: leave }]
      : [
          { id: 'call.answer', label: t('call.asked.answer'), group, keys: ['F2'], run: answer },
          { id: 'call.decline', label: t('call.asked.decline'), group, keys: ['F4'], run: leave },
        ],
  )
  return (
    <Card
      label={t('call.asked.label')}
      className={cx(
        'flex min-h-18 flex-wrap items-center gap-x-3 gap-y-1 overflow-hidden px-3.5 [&>:first-child]:-ms-3.5',
        !isUp && 'border-ring-dot!',
      )}
    >
      <StateBlock
        tone={isUp ? 'talk' : 'ring'}
        word={t(isUp ? stateKeys.talking : 'call.asked.word')}
        {...(!isUp && { icon: MessageCircleQuestionMark })}
      >
        <Timer since={since} offset={0} />
      </StateBlock>
      <div className="min-w-47 flex-1 py-2">
        <p className="text-name font-semibold">{from}</p>
        <p className="text-ink-2">{t(isUp ? 'call.asked.meansUp' : 'call.asked.means', values)}</p>
      </div>
      {problem !== null && (
        <p role="alert" className="min-w-40 flex-1 text-compact text-danger">
          {t(errorKeys(problem).what)}
        </p>
      )}
      <div className="flex flex-wrap items-center gap-2 py-2">
        {isUp ? (
          <Button size="big" icon={PhoneOff} shortcut={key('call.hangUp')} onPress={leave}>
            {t('call.asked.leave')}
          </Button>
        ) : (
          <>
            <Button size="big" shortcut={key('call.decline')} onPress={leave}>
              {t('call.asked.decline')}
            </Button>
            <Button variant="primary" size="big" icon={Phone} shortcut={key('call.answer')} onPress={answer}>
              {t('call.asked.answer')}
            </Button>
          </>
        )}
      </div>
    </Card>
  )
}
