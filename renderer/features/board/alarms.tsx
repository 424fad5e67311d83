import { CalendarClock, Coffee, Inbox, Pencil, UserX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Board } from '../../../shared/crm-api/board.ts'
import { Button } from '../../ui/button.tsx'
import { Card, Heading } from '../../ui/card.tsx'
import { cx } from '../../ui/cx.ts'
import type { Icon } from '../../ui/icon.ts'
import { toneText, type StateTone } from '../../ui/tone.ts'
import { useFormat } from '../../ui/use-format.ts'
import { perCall, type BoardAlarm } from './rules.ts'
import { Since } from './since.tsx'

const looks: Readonly<Record<BoardAlarm['code'], { icon: Icon; tone: StateTone }>> = {
  'long-wrap-up': { icon: Pencil, tone: 'missed' },
  'nobody-ready': { icon: UserX, tone: 'ring' },
  'no-records-left': { icon: Inbox, tone: 'ring' },
  'long-break': { icon: Coffee, tone: 'break' },
  'outside-hours': { icon: CalendarClock, tone: 'hold' },
}

export interface AlarmActions {
  openCampaign: (id: string, section: string) => void
  showOperator: (name: string) => void
}

/** What needs a decision now: why, and the one thing to do about it. */
export function Alarms({
  board,
  actions,
  isWall = false,
}: {
  board: Board
  actions: AlarmActions
  isWall?: boolean
}) {
  const { t } = useTranslation()
  return (
    <section aria-label={t('board.now')} className="flex flex-col gap-2">
      <Heading look="label" className="ps-0.5">
        {t('board.now')}
      </Heading>
      {board.alarms.length === 0 ? (
        <p className="rounded-card border border-line bg-surface px-3.5 py-2.5 text-ink-2">
          {t('board.nothing')}
        </p>
      ) : (
        <ul className="grid grid-cols-[repeat(auto-fit,minmax(min(22rem,100%),1fr))] gap-3">
          {board.alarms.map((alarm) => (
            <li key={`${alarm.code} ${alarm.campaign} ${alarm.operator}`} className="grid">
              <Alarm alarm={alarm} board={board} actions={actions} isWall={isWall} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Alarm({
  alarm,
  board,
  actions,
  isWall,
}: {
  alarm: BoardAlarm
  board: Board
  actions: AlarmActions
  isWall: boolean
}) {
  const { t } = useTranslation()
  const { icon: IconPart, tone } = looks[alarm.code]
  const texts = useAlarmTexts(alarm, board)
  const action = useAlarmAction(alarm, board, actions)
  return (
    <Card edge={tone} className="grid grid-cols-[auto_1fr_auto] items-center gap-x-3 px-3.5 py-3">
      <IconPart
        className={cx('size-4.5 shrink-0 self-start', !isWall && 'mt-0.5', toneText[tone])}
        strokeWidth={1.9}
        aria-hidden
      />
      <div className="min-w-0">
        <p className={cx('font-semibold', isWall ? 'text-name' : 'text-base')}>
          {texts.title} {texts.timed !== null && <Since at={texts.timed} />}
        </p>
        <p className={cx('text-ink-2', isWall ? 'text-title' : 'text-compact')}>{texts.detail}</p>
      </div>
      {!isWall && action && (
        <Button size="small" onPress={action.run}>
          {t(`board.alarms.${alarm.code}.action`)}
        </Button>
      )}
    </Card>
  )
}

function useAlarmTexts(alarm: BoardAlarm, board: Board) {
  const { t } = useTranslation()
  const format = useFormat()
  const campaign = board.campaigns.find(({ id }) => id === alarm.campaign)
  const operator = board.operators.find(({ id }) => id === alarm.operator)
  const { until } = alarm.values
  const values = {
    ...alarm.values,
    campaign: campaign?.description ?? String(alarm.values['campaign'] ?? ''),
    operator: operator?.name ?? String(alarm.values['operator'] ?? ''),
    usual: format.duration(operator ? perCall(operator.wrapUpSeconds, operator) * 1000 : 0),
    since: format.time(alarm.since),
    until: typeof until === 'number' ? format.when(until, board.at) : '',
  }
  const hasUntil = alarm.code === 'outside-hours' && typeof until === 'number'
  return {
    title: t(`board.alarms.${alarm.code}.title`, values),
    detail: hasUntil
      ? t('board.alarms.outside-hours.until', values)
      : t(`board.alarms.${alarm.code}.detail`, values),
    // the alarm began when a limit was passed; people ask since when the state lasts
    timed: operator?.since ?? null,
  }
}

const sections = {
  'no-records-left': 'records',
  'outside-hours': 'hours',
  'nobody-ready': 'operators',
  'long-wrap-up': 'operators',
  'long-break': 'operators',
} as const

function useAlarmAction(alarm: BoardAlarm, board: Board, actions: AlarmActions) {
  const operator = board.operators.find(({ id }) => id === alarm.operator)
  if (operator) return { run: () => actions.showOperator(operator.name) }
  const campaign = alarm.campaign
  return campaign === null ? null : { run: () => actions.openCampaign(campaign, sections[alarm.code]) }
}
