import { Coffee, GraduationCap, Pause, Phone, Play, Utensils, Wrench } from 'lucide-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { breakReasons, type BreakReason } from '../../../../shared/domain/operator/operator.ts'
import { useClient } from '../../../client/desktop.ts'
import { useGrammar } from '../../../client/grammar.ts'
import { StateChipButton } from '../../../ui/chip.tsx'
import { useHotkeys } from '../../../ui/hotkeys/hotkeys.tsx'
import type { Icon } from '../../../ui/icon.ts'
import { Menu } from '../../../ui/menu.tsx'
import { Timer } from '../../../ui/timer.tsx'
import { leaveTrigger, openMenu } from '../open-menu.ts'
import { operatorTone, shownState, useStateWord, type Status } from './state-words.ts'

type Choosable = Exclude<BreakReason, 'start'>
const choosable = breakReasons.filter((reason): reason is Choosable => reason !== 'start')
const icons: Readonly<Record<Choosable, Icon>> = {
  coffee: Coffee,
  lunch: Utensils,
  training: GraduationCap,
  technical: Wrench,
  other: Pause,
}

/** The own state with its time; opens what one may become. During a call a break is a wish that the wrap-up grants. */
export function StateMenu({ status }: { status: Status }) {
  const { t } = useTranslation()
  const client = useClient()
  const grammar = useGrammar()
  const word = useStateWord()
  const trigger = useRef<HTMLButtonElement>(null)
  const { view, asked } = status
  const state = shownState(status)
  // a refusal shows itself: the state stays as it is, and the bar says why the server is away
  const become = (id: string) => {
    const reason = choosable.find((one) => one === id)
    const wish = reason ? client.operator.takeBreak({ reason }) : client.operator.ready()
    wish.catch(() => {})
    leaveTrigger(trigger.current)
  }
  const group = t('operator.group')
  useHotkeys([
    {
      id: 'operator.menu',
      label: t('operator.changeState'),
      group,
      keys: ['P'],
      run: () => openMenu(trigger.current),
      isEnabled: state !== 'offline',
    },
    ...choosable.map((reason) => ({
      id: `operator-break.${reason}`,
      label: t('states.break-reason', { reason: t(`operator.breaks.${reason}`) }),
      group,
      keys: [],
      run: () => become(reason),
      isEnabled: state !== 'offline',
    })),
  ])
  const isBusy = state !== 'break' && state !== 'ready' && state !== 'missed'
  const canGetReady = state === 'break' || state === 'missed' || view?.wanted != null
  return (
    <>
      <Menu
        label={t('operator.changeState')}
        onAction={become}
        groups={[
          {
            title: t(isBusy ? 'operator.afterThisCall' : 'operator.now'),
            items: [
              {
                id: 'ready',
                label: t('states.ready', grammar),
                icon: Play,
                isCurrent: state === 'ready',
                isDisabled: !canGetReady,
              },
              ...choosable.map((reason) => ({
                id: reason,
                label: t(`operator.breaks.${reason}`),
                icon: icons[reason],
                isCurrent: view?.breakReason === reason || view?.wanted === reason,
              })),
            ],
          },
        ]}
      >
        <StateChipButton
          ref={trigger}
          label={t('operator.changeState')}
          tone={operatorTone(status)}
          isPending={asked !== null}
          isCalm={state === 'reserved'}
          icon={state === 'reserved' ? Phone : undefined}
          detail={view && <Timer since={view.since} />}
        >
          {word(status)}
        </StateChipButton>
      </Menu>
      {view?.wanted != null && (
        <span className="text-break">
          {t('operator.then', { reason: t(`operator.breaks.${view.wanted}`) })}
        </span>
      )}
    </>
  )
}
