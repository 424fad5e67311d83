import { Users } from 'lucide-react'
import { useMemo, useState, type Ref } from 'react'
import { useTranslation } from 'react-i18next'
import type { Board } from '../../../shared/crm-api/board.ts'
import { supervisionModes } from '../../../shared/domain/supervision/supervision.ts'
import type { UserId } from '../../../shared/std/ids.ts'
import { genderContext } from '../../../shared/text/keys.ts'
import { EmptyState } from '../../ui/banner.tsx'
import { Card, CardHead } from '../../ui/card.tsx'
import { StateChip } from '../../ui/chip.tsx'
import { operatorTone } from '../../ui/domain-tones.ts'
import { useHotkeys } from '../../ui/hotkeys/hotkeys.tsx'
import { Table } from '../../ui/table.tsx'
import type { Column } from '../../ui/table-parts.tsx'
import { SearchField } from '../../ui/text-field.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { modeLooks } from './listening/modes.ts'
import { OperatorActions, WithTheCall } from './listening/operator-actions.tsx'
import type { ListeningAtHand } from './listening/use-listening.ts'
import { byAttention, perCall, stateCounts, type BoardOperator } from './rules.ts'
import { Since } from './since.tsx'

export function OperatorChip({ operator }: { operator: BoardOperator }) {
  const { t } = useTranslation()
  const gender = operator.grammar === 'n' ? null : operator.grammar
  const word =
    operator.state === 'break' && operator.breakReason !== null
      ? t('states.break-reason', { reason: t(`board.breaks.${operator.breakReason}`) })
      : t(`states.${operator.state}`, genderContext(gender))
  return (
    <StateChip size="small" tone={operatorTone[operator.state]}>
      {word}
    </StateChip>
  )
}

function useColumns(): readonly Column<BoardOperator>[] {
  const { t } = useTranslation()
  const { number, duration } = useFormat()
  return useMemo(() => {
    const length = (seconds: number) => (seconds === 0 ? '–' : duration(seconds * 1000))
    return [
      {
        id: 'name',
        header: t('board.columns.operator'),
        isRowHeader: true,
        cell: (row) => (
          <span className="inline-flex items-center gap-2">
            {row.name}
            <WithTheCall operator={row} />
          </span>
        ),
        sortBy: (row) => row.name,
      },
      {
        id: 'state',
        header: t('board.columns.state'),
        cell: (row) => <OperatorChip operator={row} />,
        sortBy: (row) => t(`states.${row.state}`),
      },
      {
        id: 'since',
        header: t('board.columns.since'),
        align: 'end',
        cell: (row) => <Since at={row.since} />,
        sortBy: (row) => -row.since,
      },
      {
        id: 'campaign',
        header: t('board.columns.campaign'),
        cell: (row) => <span className="text-ink-2">{row.campaign ?? '–'}</span>,
        sortBy: (row) => row.campaign,
      },
      {
        id: 'calls',
        header: t('board.columns.calls'),
        align: 'end',
        cell: (row) => number(row.calls),
        sortBy: (row) => row.calls,
      },
      {
        id: 'positive',
        header: t('board.columns.positive'),
        align: 'end',
        cell: (row) => number(row.positive),
        sortBy: (row) => row.positive,
      },
      {
        id: 'talk',
        header: t('board.columns.talk'),
        align: 'end',
        cell: (row) => length(perCall(row.talkSeconds, row)),
        sortBy: (row) => perCall(row.talkSeconds, row),
      },
      {
        id: 'wrapUp',
        header: t('board.columns.wrapUp'),
        align: 'end',
        cell: (row) => length(perCall(row.wrapUpSeconds, row)),
        sortBy: (row) => perCall(row.wrapUpSeconds, row),
      },
    ]
  }, [t, number, duration])
}

export function Operators({
  board,
  filter,
  onFilter,
  listening,
  isLive,
  ref,
}: {
  board: Board
  filter: string
  onFilter: (text: string) => void
  listening: ListeningAtHand
  isLive: boolean
  ref: Ref<HTMLDivElement>
}) {
  const { t } = useTranslation()
  const { number } = useFormat()
  const [focused, setFocused] = useState<UserId | null>(null)
  const columns: readonly Column<BoardOperator>[] = [
    ...useColumns(),
    {
      id: 'listening',
      header: t('supervision.actions'),
      hideHeader: true,
      align: 'end',
      cell: (row) => (
        <span onFocus={() => setFocused(row.id)} onBlur={() => setFocused(null)}>
          <OperatorActions operator={row} listening={listening} isLive={isLive} />
        </span>
      ),
    },
  ]
  const tones = new Map(
    board.alarms.map(({ operator, code }) => [
      operator,
      code === 'long-wrap-up' ? ('missed' as const) : ('ring' as const),
    ]),
  )
  const wanted = filter.trim().toLocaleLowerCase()
  const rows = byAttention(board).filter((operator) =>
    [operator.name, operator.campaign ?? '', t(`states.${operator.state}`)].some((text) =>
      text.toLocaleLowerCase().includes(wanted),
    ),
  )
  useListenKeys(rows, focused, isLive, listening)
  return (
    <Card className="overflow-hidden">
      <CardHead
        title={t('board.operators')}
        actions={
          <div ref={ref}>
            <SearchField
              label={t('board.filter')}
              hideLabel
              className="w-72"
              placeholder={t('board.filter')}
              value={filter}
              onChange={onFilter}
            />
          </div>
        }
      >
        {stateCounts(board.operators).map(({ state, count }) => (
          <StateChip key={state} size="small" tone={operatorTone[state]}>
            {t(`board.stateCounts.${state}`, { count, n: number(count) })}
          </StateChip>
        ))}
      </CardHead>
      <Table
        label={t('board.operators')}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        rowTone={(row) => tones.get(row.id)}
        empty={
          <EmptyState
            icon={Users}
            title={t(board.operators.length === 0 ? 'board.noOperators' : 'board.noMatch')}
          >
            {t(board.operators.length === 0 ? 'board.noOperatorsDo' : 'board.noMatchDo')}
          </EmptyState>
        }
      />
    </Card>
  )
}

/**
 * By key whoever has the focus, or is the only one shown who can be heard; by name, in the palette, everybody who can.
 */
function useListenKeys(
  rows: readonly BoardOperator[],
  focused: UserId | null,
  isLive: boolean,
  { listen }: ListeningAtHand,
) {
  const { t } = useTranslation()
  const heard = isLive ? rows.filter(({ hearing }) => hearing === 'possible') : []
  const only = heard.length === 1 ? heard[0] : undefined
  const target = heard.find(({ id }) => id === focused) ?? only
  const group = t('supervision.group')
  useHotkeys([
    ...heard.flatMap(({ id, name }) =>
      supervisionModes.map((mode) => ({
        id: `supervision.${mode}.${id}`,
        label: t(`supervision.to.${mode}`, { operator: name }),
        group,
        keys: [],
        run: () => listen(id, mode),
        isEnabled: id !== target?.id,
      })),
    ),
    ...supervisionModes.map((mode) => ({
      id: `supervision.${mode}`,
      label: t(`supervision.to.${mode}`, { operator: target?.name }),
      group,
      keys: [modeLooks[mode].shortcut],
      run: () => target && listen(target.id, mode),
      isEnabled: target !== undefined,
    })),
  ])
}
