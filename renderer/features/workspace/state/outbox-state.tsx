import { CheckCheck, CloudAlert, CloudUpload } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button as AriaButton } from 'react-aria-components'
import type { OutboxView } from '../../../../shared/contract/outbox.ts'
import { isErrorCode } from '../../../../shared/std/errors.ts'
import { errorKeys } from '../../../../shared/text/keys.ts'
import { useClient } from '../../../client/desktop.ts'
import { pageClock } from '../../../client/page-clock.ts'
import { Button } from '../../../ui/button.tsx'
import { cx } from '../../../ui/cx.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { useFormat } from '../../../ui/use-format.ts'

/** Everything sent, so many to send, or something the server would not take. */
export function OutboxState({ outbox }: { outbox: OutboxView }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [isOpen, setOpen] = useState(false)
  const { waiting, problems } = outbox
  const state = stateOf(outbox)
  const { icon: IconPart, look } = looks[state]
  return (
    <>
      <AriaButton
        onPress={() => setOpen(true)}
        className={cx(
          'inline-flex min-h-7 cursor-default items-center gap-1.5 rounded-field px-1.5 data-hovered:bg-hover',
          look,
        )}
      >
        <IconPart className="size-4.5 shrink-0" strokeWidth={1.9} aria-hidden />
        {t(`operator.outbox.${state}`, {
          n: format.number(state === 'problems' ? problems.length : waiting),
        })}
      </AriaButton>
      <OutboxDialog outbox={outbox} isOpen={isOpen} onClose={() => setOpen(false)} />
    </>
  )
}

const looks = {
  sent: { icon: CheckCheck, look: 'text-ready' },
  waiting: { icon: CloudUpload, look: 'text-ring' },
  problems: { icon: CloudAlert, look: 'text-missed' },
} as const

function stateOf({ waiting, problems }: OutboxView): keyof typeof looks {
  if (problems.length > 0) return 'problems'
  return waiting > 0 ? 'waiting' : 'sent'
}

function OutboxDialog(props: { outbox: OutboxView; isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const format = useFormat()
  const { waiting, waitingForOthers, problems } = props.outbox
  return (
    <Dialog
      title={t('operator.outbox.title')}
      isOpen={props.isOpen}
      onClose={props.onClose}
      footer={
        <Button isDisabled={waiting === 0} onPress={() => void client.outbox.deliverNow()}>
          {t('operator.outbox.deliverNow')}
        </Button>
      }
    >
      <p>
        {waiting === 0
          ? t('operator.outbox.nothing')
          : t('operator.outbox.waitingMeans', { n: format.number(waiting) })}
      </p>
      {waitingForOthers > 0 && (
        <p className="text-ink-2">{t('operator.outbox.others', { n: format.number(waitingForOthers) })}</p>
      )}
      {problems.length > 0 && (
        <ul className="mt-3 flex flex-col gap-2">
          {problems.map(({ key, code, at, contact, outcome }) => (
            <li key={key} className="flex flex-wrap items-center gap-3 rounded-field border border-line p-3">
              <span className="min-w-48 flex-1">
                <span className="block font-semibold">
                  {contact} · {outcome} · {format.when(at, pageClock.now())}
                </span>
                <span className="text-compact text-ink-2">
                  {t(errorKeys(isErrorCode(code) ? code : 'internal').what)} {t('operator.outbox.kept')}
                </span>
              </span>
              <Button size="small" onPress={() => void client.outbox.setAside({ key })}>
                {t('operator.outbox.setAside')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  )
}
