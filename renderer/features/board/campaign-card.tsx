import { ChevronDown, ChevronRight, Pause, Pencil, Play } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Language } from '../../../shared/text/keys.ts'
import { useAction } from '../../client/crm.ts'
import { Button } from '../../ui/button.tsx'
import { Card, Figure, Heading } from '../../ui/card.tsx'
import { BarList, type Bar } from '../../ui/charts/bar-list.tsx'
import { LiveChart } from '../../ui/charts/live-chart.tsx'
import { Sparkline } from '../../ui/charts/sparkline.tsx'
import { Tag } from '../../ui/chip.tsx'
import { campaignTone, effectLook } from '../../ui/domain-tones.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Problem } from '../../ui/problem.tsx'
import type { StateTone } from '../../ui/tone.ts'
import { useFormat } from '../../ui/use-format.ts'
import { CampaignQueue } from './campaign-queue.tsx'
import { paceTimes, type BoardCampaign, type CampaignFigures } from './rules.ts'

export interface CampaignCardProps {
  campaign: BoardCampaign
  figures: CampaignFigures
  at: number
  isLive: boolean
  isOpenFirst: boolean
  onOpen: () => void
}

export function CampaignCard(props: CampaignCardProps) {
  const { campaign, figures, isLive } = props
  const { t } = useTranslation()
  const { number, percent } = useFormat()
  const [isOpen, setOpen] = useState(props.isOpenFirst)
  const body = useId()
  const action = useAction()
  const command = campaign.state === 'running' ? 'suspend' : 'resume'
  const change = () =>
    void action.run(command, (crm) =>
      crm.campaigns.command({ params: { id: campaign.id }, body: { command } }),
    )
  return (
    <Card label={campaign.description} className="overflow-hidden">
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5 px-3.5 py-2.5">
        <IconButton
          label={t(isOpen ? 'board.less' : 'board.more', { campaign: campaign.description })}
          icon={isOpen ? ChevronDown : ChevronRight}
          size="small"
          aria-expanded={isOpen}
          aria-controls={body}
          onPress={() => setOpen(!isOpen)}
        />
        <Heading>{campaign.description}</Heading>
        <Tag tone={campaignTone[campaign.state]}>
          {t(`campaigns.modes.${campaign.workMode}`)} · {t(`campaigns.states.${campaign.state}`)}
        </Tag>
        <CampaignQueue queue={campaign.queue} />
        <p className="min-w-[min(100%,16rem)] flex-1 text-ink-2">
          {t('board.operatorCount', { count: figures.operators, n: number(figures.operators) })}
          {' · '}
          {t('board.left', { left: number(figures.left), total: number(campaign.records.total) })}
          {!isOpen && ` · ${t('board.inCall', { n: number(figures.talking) })}`}
          {!isOpen &&
            figures.positive !== null &&
            ` · ${t('board.positiveShare', { share: percent(figures.positive) })}`}
        </p>
        {!isOpen && <Sparkline values={campaign.pace} label={t('board.pace')} tone="talk" />}
        <Button
          size="small"
          icon={command === 'suspend' ? Pause : Play}
          isDisabled={!isLive}
          isPending={action.pending !== null}
          onPress={change}
        >
          {t(`campaigns.commands.${command}`)}
        </Button>
        <Button size="small" icon={Pencil} onPress={props.onOpen}>
          {t('board.edit')}
        </Button>
      </div>
      {action.error && <Problem error={action.error} className="mx-3.5 mb-3" onRetry={change} />}
      <div id={body} hidden={!isOpen} className="@container border-t border-line">
        {isOpen && <CampaignBody {...props} />}
      </div>
    </Card>
  )
}

function CampaignBody({ campaign, figures, at }: CampaignCardProps) {
  const { t, i18n } = useTranslation()
  const { number, percent } = useFormat()
  const language = i18n.language as Language
  const outcomes = campaign.outcomes
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count)
    .map((outcome): Bar => ({
      id: outcome.code,
      label: outcome.label[language],
      value: outcome.count,
      tone: outcome.effect in effectLook ? effectLook[outcome.effect as keyof typeof effectLook].tone : 'off',
    }))
  return (
    <>
      <div className="grid grid-cols-2 border-b border-line @min-[30rem]:grid-cols-3 @min-[56rem]:grid-cols-6">
        <Figure value={number(figures.talking)} label={t('board.figures.talking')} />
        <Figure value={number(figures.ringing)} label={t('board.figures.ringing')} />
        <Figure value={number(figures.ready)} label={t('board.figures.ready')} />
        <Figure value={number(figures.lastHour)} label={t('board.figures.lastHour')} />
        <Figure value={number(figures.worked)} label={t('board.figures.worked')} />
        <Figure
          value={figures.positive === null ? '–' : percent(figures.positive)}
          label={t('board.figures.positive')}
        />
      </div>
      <div className="grid gap-x-6 gap-y-4 px-3.5 py-3 @min-[44rem]:grid-cols-2 @min-[64rem]:grid-cols-[1fr_1fr_1.25fr]">
        <BarList title={t('board.records')} bars={useRecordBars(campaign)} format={number} />
        {outcomes.length > 0 ? (
          <BarList title={t('board.outcomes')} bars={outcomes} format={number} />
        ) : (
          <div>
            <Heading level={3} look="label">
              {t('board.outcomes')}
            </Heading>
            <p className="mt-1 text-ink-2">{t('board.noOutcomes')}</p>
          </div>
        )}
        <LiveChart
          title={t('board.pace')}
          times={paceTimes(campaign.pace.length, at)}
          series={[{ id: 'calls', label: t('board.calls'), tone: 'talk', values: campaign.pace }]}
          format={number}
          height={9}
        />
      </div>
    </>
  )
}

const recordTones: Readonly<Record<string, StateTone>> = {
  new: 'hold',
  retry: 'ring',
  callback: 'wrap',
  inHand: 'talk',
  positive: 'ready',
  'do-not-call': 'missed',
}

function useRecordBars({ records }: BoardCampaign): readonly Bar[] {
  const { t } = useTranslation()
  const waiting = {
    new: records.new,
    retry: records.retry,
    callback: records.callback,
    inHand: records.reserved + records.working,
  }
  const closed = Object.entries(records.closed).filter(([, count]) => count > 0)
  return [...Object.entries(waiting), ...closed].map(([kind, value]) => ({
    id: kind,
    label: t(`campaigns.records.${kind}`),
    value,
    tone: recordTones[kind] ?? 'off',
  }))
}
