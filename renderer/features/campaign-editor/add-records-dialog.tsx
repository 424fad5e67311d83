import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportId } from '../../../shared/std/ids.ts'
import { useAction, useCrm } from '../../client/crm.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Problem } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/progress.tsx'
import { RadioGroup } from '../../ui/radio.tsx'
import { useFormat } from '../../ui/use-format.ts'

interface AddRecordsProps {
  campaignId: string
  isOpen: boolean
  onClose: () => void
  onAdded: (counts: { added: number; alreadyIn: number }) => void
}

/** The contacts of an import that is already here, as records of this campaign too. */
export function AddRecordsDialog(props: AddRecordsProps) {
  const { t } = useTranslation()
  return (
    <Dialog title={t('campaigns.addRecords.title')} isOpen={props.isOpen} onClose={props.onClose}>
      <Choice {...props} />
    </Dialog>
  )
}

function Choice({ campaignId, onClose, onAdded }: AddRecordsProps) {
  const { t } = useTranslation()
  const { number, dateTime } = useFormat()
  const imports = useCrm('imports', (crm) => crm.imports.list({}))
  const action = useAction()
  const [chosen, setChosen] = useState<string | null>(null)
  const done = (imports.value ?? []).filter(({ state, counts }) => state === 'done' && counts.loaded > 0)
  const count = done.find(({ id }) => id === chosen)?.counts.loaded ?? 0
  const add = async () => {
    const counts = await action.run('add', (crm) =>
      crm.campaigns.addRecords({ params: { id: campaignId }, body: { import: chosen as ImportId } }),
    )
    if (counts) onAdded(counts)
  }
  return (
    <div className="flex flex-col gap-4">
      {action.error && <Problem error={action.error} />}
      {imports.error && <Problem error={imports.error} onRetry={imports.reload} />}
      {imports.value === undefined && !imports.error && <Skeleton label={t('campaigns.loading')} />}
      {imports.value && done.length === 0 && <p className="text-ink-2">{t('campaigns.addRecords.none')}</p>}
      {done.length > 0 && (
        <RadioGroup
          label={t('campaigns.addRecords.which')}
          options={done.map((job) => ({
            id: job.id,
            label: job.fileName,
            hint: t('campaigns.addRecords.hint', {
              when: dateTime(job.createdAt),
              n: number(job.counts.loaded),
              count: job.counts.loaded,
            }),
          }))}
          value={chosen}
          onChange={setChosen}
        />
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onPress={onClose}>{t('common.cancel')}</Button>
        <Button
          variant="primary"
          isDisabled={chosen === null}
          isPending={action.pending !== null}
          onPress={() => void add()}
        >
          {chosen === null
            ? t('campaigns.addRecords.add')
            : t('campaigns.addRecords.addCount', { count, n: number(count) })}
        </Button>
      </div>
    </div>
  )
}
