import { UserPlus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { User } from '../../../shared/crm-api/users.ts'
import { useCrm } from '../../client/crm.ts'
import { EmptyState } from '../../ui/banner.tsx'
import { Switch } from '../../ui/checkbox.tsx'
import { Problem } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/progress.tsx'
import { Table } from '../../ui/table.tsx'
import type { Column } from '../../ui/table-parts.tsx'
import { SearchField } from '../../ui/text-field.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { isFixed } from './draft.ts'
import { Section } from './section.tsx'
import type { Editor } from './use-editor.ts'

/** Who may work the campaign. */
export function OperatorsSection({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const { number } = useFormat()
  const [filter, setFilter] = useState('')
  const [onlyChosen, setOnlyChosen] = useState(false)
  const users = useCrm('users', (crm) => crm.users.list({}))
  const chosen = editor.draft.operators
  const isDisabled = isFixed(editor.campaign?.state ?? 'draft', 'operators')
  const operators = useMemo(
    () =>
      (users.value ?? []).filter(
        ({ role, active, id }) => role === 'operator' && (active || chosen.includes(id)),
      ),
    [users.value, chosen],
  )
  const wanted = filter.trim().toLocaleLowerCase()
  const rows = operators.filter(
    ({ id, displayName, username }) =>
      (!onlyChosen || chosen.includes(id)) &&
      [displayName, username].some((text) => text.toLocaleLowerCase().includes(wanted)),
  )
  const columns: readonly Column<User>[] = [
    {
      id: 'name',
      header: t('campaigns.operators.name'),
      isRowHeader: true,
      cell: (row) => row.displayName,
      sortBy: (row) => row.displayName,
    },
    {
      id: 'username',
      header: t('campaigns.operators.username'),
      cell: (row) => <span className="text-ink-2">{row.username}</span>,
      sortBy: (row) => row.username,
    },
  ]
  const byName = new Map(operators.map((user) => [user.username, user.id]))
  const select = (names: ReadonlySet<string>) => {
    // the table knows only the rows in sight; a choice that the filter hides stays
    const hidden = chosen.filter((id) => rows.every((row) => row.id !== id))
    editor.change({ operators: [...hidden, ...[...names].flatMap((name) => byName.get(name) ?? [])] })
  }
  const selected = new Set(rows.filter(({ id }) => chosen.includes(id)).map(({ username }) => username))
  return (
    <Section
      title={t('campaigns.sections.operators')}
      about={t('campaigns.operators.about')}
      isFlush
      actions={
        <>
          <span className="text-ink-2">
            {t('campaigns.operators.chosen', { count: chosen.length, n: number(chosen.length) })}
          </span>
          <Switch isSelected={onlyChosen} onChange={setOnlyChosen}>
            {t('campaigns.operators.onlyChosen')}
          </Switch>
          <SearchField
            label={t('campaigns.operators.search')}
            hideLabel
            className="w-56"
            placeholder={t('campaigns.operators.search')}
            value={filter}
            onChange={setFilter}
          />
        </>
      }
    >
      {users.error && <Problem error={users.error} onRetry={users.reload} className="m-3" />}
      {users.value === undefined ? (
        !users.error && (
          <div className="p-4">
            <Skeleton lines={5} label={t('campaigns.loading')} />
          </div>
        )
      ) : operators.length === 0 ? (
        <EmptyState icon={UserPlus} title={t('campaigns.operators.none')}>
          {t('campaigns.operators.noneDo')}
        </EmptyState>
      ) : (
        <Table
          label={t('campaigns.sections.operators')}
          className="max-h-[60dvh]"
          columns={columns}
          rows={rows}
          rowKey={(row) => row.username}
          selected={selected}
          {...(!isDisabled && { onSelect: select })}
          empty={<p className="px-4 py-3 text-ink-2">{t('campaigns.operators.noMatch')}</p>}
        />
      )}
    </Section>
  )
}
