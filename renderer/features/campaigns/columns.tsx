import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { CampaignSummary } from '../../../shared/crm-api/campaigns.ts'
import { Tag } from '../../ui/chip.tsx'
import { campaignTone } from '../../ui/domain-tones.ts'
import { Meter } from '../../ui/progress.tsx'
import type { Column } from '../../ui/table-parts.tsx'
import { useFormat } from '../../ui/use-format.ts'

type Summary = z.infer<typeof CampaignSummary>

const stateOrder = ['running', 'suspended', 'draft', 'closed']

const closedOf = ({ records }: Summary) =>
  Object.values(records.closed).reduce((sum, count) => sum + count, 0)

export function useCampaignColumns(): readonly Column<Summary>[] {
  const { t } = useTranslation()
  const { number, isoDate, percent } = useFormat()
  return useMemo(
    () => [
      {
        id: 'description',
        header: t('campaigns.columns.campaign'),
        isRowHeader: true,
        cell: (row) => row.description,
        sortBy: (row) => row.description,
      },
      {
        id: 'code',
        header: t('campaigns.columns.code'),
        cell: (row) => <span className="text-ink-2">{row.code}</span>,
        sortBy: (row) => row.code,
      },
      {
        id: 'state',
        header: t('campaigns.columns.state'),
        cell: (row) => <Tag tone={campaignTone[row.state]}>{t(`campaigns.states.${row.state}`)}</Tag>,
        sortBy: (row) => stateOrder.indexOf(row.state),
      },
      {
        id: 'mode',
        header: t('campaigns.columns.mode'),
        cell: (row) => <span className="text-ink-2">{t(`campaigns.modes.${row.workMode}`)}</span>,
      },
      {
        id: 'dates',
        header: t('campaigns.columns.dates'),
        cell: (row) => (
          <span className="text-ink-2">
            {isoDate(row.from)} – {isoDate(row.to)}
          </span>
        ),
        sortBy: (row) => row.from,
      },
      {
        id: 'records',
        header: t('campaigns.columns.worked'),
        width: '16rem',
        cell: (row) =>
          row.records.total === 0 ? (
            <span className="text-ink-3">{t('campaigns.noRecords')}</span>
          ) : (
            <div className="py-1">
              <Meter
                label={t('campaigns.ofTotal', {
                  closed: number(closedOf(row)),
                  total: number(row.records.total),
                })}
                value={closedOf(row)}
                max={row.records.total}
                text={percent(closedOf(row) / row.records.total, 0)}
                tone={campaignTone[row.state] === 'off' ? 'off' : 'talk'}
              />
            </div>
          ),
        sortBy: (row) => row.records.total,
      },
      {
        id: 'operators',
        header: t('campaigns.columns.operators'),
        align: 'end',
        cell: (row) => number(row.operators),
        sortBy: (row) => row.operators,
      },
    ],
    [t, number, isoDate, percent],
  )
}
