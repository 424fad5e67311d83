import { Play } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Desktop } from '../../../../shared/contract/index.ts'
import type { ViewValue } from '../../../../shared/rpc/contract.ts'
import { errorKeys } from '../../../../shared/text/keys.ts'
import { useClient } from '../../../client/desktop.ts'
import { useGrammar } from '../../../client/grammar.ts'
import { useAnnounce } from '../../../ui/announcer.tsx'
import { Button } from '../../../ui/button.tsx'
import { useHotkeys } from '../../../ui/hotkeys/hotkeys.tsx'
import { Timer } from '../../../ui/timer.tsx'
import { useFormat } from '../../../ui/use-format.ts'
import { BarFrame } from './bar-frame.tsx'
import { DialPadButton } from './dial-pad-button.tsx'
import { ServerAway } from './server-away.tsx'
import { StateBlock } from './state-block.tsx'
import { operatorTone, useStateWord } from '../state/state-words.ts'
import { useCommand } from './use-command.ts'

/** Between calls: the operator's own state, why nothing comes, and the way to go on. */
export function StateBar({ status }: { status: ViewValue<Desktop, 'operator.status'> }) {
  const { t } = useTranslation()
  const client = useClient()
  const format = useFormat()
  const word = useStateWord()
  const announce = useAnnounce()
  const grammar = useGrammar()
  const { problem, failedCheck, run, clear } = useCommand()
  const { view, connected, asked } = status
  const isAway = view?.state === 'break' || view?.state === 'missed'
  const canGetReady = connected && isAway && asked !== 'ready'
  const becomeReady = view?.state === 'missed' ? t('operator.backReady', grammar) : t('operator.becomeReady')
  const ready = () => run(() => client.operator.ready())
  const key = useHotkeys([
    {
      id: 'operator.ready',
      label: becomeReady,
      group: t('operator.group'),
      keys: ['F2', 'Enter'],
      run: ready,
      isEnabled: canGetReady,
    },
  ])
  const phone = `${view?.phone.state} ${view?.phone.problem}`
  useEffect(clear, [clear, phone])
  const isMissed = view?.state === 'missed'
  useEffect(() => {
    if (isMissed) announce(`${t('operator.headlines.missed')}. ${t('operator.missedLine')}`)
  }, [announce, isMissed, t])
  if (!view) return null
  const isIdle = view.state === 'ready' && !view.dialing && view.idle
  return (
    <BarFrame>
      <StateBlock tone={operatorTone(status)} word={word(status)}>
        <Timer since={view.since} />
      </StateBlock>
      <div className="min-w-48 flex-1 basis-48 py-2">
        {problem === null ? (
          <>
            <p className="text-title font-semibold">
              {view.dialing
                ? t('operator.dialingTo', { contact: view.dialing.contact })
                : t(headlineKey(status))}
            </p>
            {view.dialing && (
              <p className="text-ink-2">
                {view.dialing.campaign} · <Timer since={view.dialing.since} />
              </p>
            )}
            {isIdle && (
              <p className="text-ink-2">
                {t(`operator.idle.${isIdle.code}`)}
                {isIdle.until !== null && ` ${t('operator.idleUntil', { when: format.time(isIdle.until) })}`}
              </p>
            )}
            {view.state === 'break' && <p className="text-ink-2">{t('operator.breakLine')}</p>}
            {view.state === 'missed' && <p className="text-ink-2">{t('operator.missedLine')}</p>}
          </>
        ) : (
          <p className="text-danger" role="alert">
            {failedCheck === null ? (
              <>
                {t(errorKeys(problem).what)} {t(errorKeys(problem).do, { reference: '' })}
              </>
            ) : (
              <>
                <span className="block text-title font-semibold">
                  {t('operator.notReadyFor', { check: t(`operator.checks.${failedCheck}.name`) })}
                </span>
                {t(`operator.checks.${failedCheck}.todo`)}
              </>
            )}
          </p>
        )}
      </div>
      <ServerAway />
      <div className="flex flex-wrap items-center gap-2 py-2">
        <DialPadButton />
        {(canGetReady || asked === 'ready') && (
          <Button
            variant="primary"
            size="big"
            icon={Play}
            shortcut={key('operator.ready')}
            isPending={asked === 'ready'}
            onPress={ready}
          >
            {becomeReady}
          </Button>
        )}
      </div>
    </BarFrame>
  )
}

function headlineKey({ view, connected }: ViewValue<Desktop, 'operator.status'>) {
  if (!connected) return 'operator.headlines.offline'
  if (view?.state === 'break') return 'operator.headlines.break'
  if (view?.state === 'missed') return 'operator.headlines.missed'
  return view?.idle ? 'operator.headlines.idle' : 'operator.headlines.ready'
}
