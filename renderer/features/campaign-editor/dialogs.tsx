import { useTranslation } from 'react-i18next'
import type { Campaign } from '../../../shared/crm-api/campaigns.ts'
import type { LeaveGuard } from '../../client/route.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog, Dialog } from '../../ui/dialog.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { changedSections, draftOf } from './draft.ts'
import type { Editor } from './use-editor.ts'

/** A colleague saved first: nothing is overwritten before it was read. */
export function ConflictDialog({ editor, theirs }: { editor: Editor; theirs: Campaign }) {
  const { t } = useTranslation()
  const { time } = useFormat()
  const before = editor.campaign ? draftOf(editor.campaign) : draftOf(theirs)
  const name = (section: string) => t(`campaigns.sections.${section}`)
  const changedByThem = changedSections(draftOf(theirs), before)
  const both = changedByThem.filter((section) => editor.changed.includes(section))
  const list = (names: readonly string[]) => names.map(name).join(', ') || '–'
  return (
    <Dialog
      title={t('campaigns.conflict.title')}
      isOpen
      role="alertdialog"
      size="small"
      onClose={editor.keepMine}
      footer={
        <>
          <Button onPress={editor.takeTheirs}>{t('campaigns.conflict.takeTheirs')}</Button>
          <Button autoFocus variant="primary" onPress={editor.keepMine}>
            {t('campaigns.conflict.keepMine')}
          </Button>
        </>
      }
    >
      <p>{t('campaigns.conflict.what', { time: time(theirs.updatedAt) })}</p>
      <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-3 gap-y-1">
        <dt className="text-ink-3">{t('campaigns.conflict.theirs')}</dt>
        <dd className="font-semibold">{list(changedByThem)}</dd>
        <dt className="text-ink-3">{t('campaigns.conflict.mine')}</dt>
        <dd className="font-semibold">{list(editor.changed)}</dd>
        <dt className="text-ink-3">{t('campaigns.conflict.both')}</dt>
        <dd className="font-semibold">{list(both)}</dd>
      </dl>
      <p className="mt-3 text-ink-2">{t('campaigns.conflict.do')}</p>
    </Dialog>
  )
}

export function LeaveDialog({
  guard,
  onSave,
  isSaving,
}: {
  guard: LeaveGuard
  onSave: () => Promise<Campaign | null>
  isSaving: boolean
}) {
  const { t } = useTranslation()
  return (
    <Dialog
      title={t('campaigns.leave.title')}
      isOpen={guard.wanted !== null}
      role="alertdialog"
      size="small"
      onClose={guard.stay}
      footer={
        <>
          <Button variant="quiet" onPress={guard.leave}>
            {t('campaigns.leave.discard')}
          </Button>
          <Button autoFocus onPress={guard.stay}>
            {t('campaigns.leave.stay')}
          </Button>
          <Button
            variant="primary"
            isPending={isSaving}
            onPress={() => void onSave().then((saved) => (saved ? guard.leave() : guard.stay()))}
          >
            {t('campaigns.leave.save')}
          </Button>
        </>
      }
    >
      {t('campaigns.leave.what')}
    </Dialog>
  )
}

export function RemoveDialog(props: {
  isOpen: boolean
  name: string
  isPending: boolean
  onClose: () => void
  onConfirm: () => void
}) {
  const { t } = useTranslation()
  return (
    <ConfirmDialog
      title={t('campaigns.remove.title')}
      confirm={t('campaigns.remove.confirm', { name: props.name })}
      isOpen={props.isOpen}
      isPending={props.isPending}
      onConfirm={props.onConfirm}
      onClose={props.onClose}
    >
      {t('campaigns.remove.what')}
    </ConfirmDialog>
  )
}
