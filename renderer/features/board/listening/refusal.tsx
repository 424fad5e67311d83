import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { AppError } from '../../../../shared/std/errors.ts'
import { Banner } from '../../../ui/banner.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Problem } from '../../../ui/problem.tsx'

const isNoCall = ({ code, details }: AppError) =>
  code === 'not-in-this-state' &&
  typeof details === 'object' &&
  details !== null &&
  'reason' in details &&
  details.reason === 'no-call'

/** Why the server does not let a call be heard. */
export function Refusal({ error, onClose }: { error: AppError; onClose: () => void }) {
  const { t } = useTranslation()
  const close = <IconButton label={t('common.close')} icon={X} onPress={onClose} />
  if (!isNoCall(error)) return <Problem error={error} action={close} />
  return <Banner kind="warning" title={t('supervision.gone')} todo={t('supervision.goneDo')} action={close} />
}
