import type { ReactNode } from 'react'
import { RotateCw } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { AppError } from '../../shared/std/errors.ts'
import { errorKeys } from '../../shared/text/keys.ts'
import { Banner } from './banner.tsx'
import { Button } from './button.tsx'

/** A refusal in its three sentences: what happened, what it means, what to do. */
export function Problem({
  error,
  onRetry,
  action,
  className,
}: {
  error: AppError
  onRetry?: (() => void) | undefined
  action?: ReactNode
  className?: string | undefined
}) {
  const { t } = useTranslation()
  const keys = errorKeys(error.code)
  const reference = { reference: error.reference ?? '–' }
  return (
    <Banner
      kind="error"
      title={t(keys.what)}
      means={t(keys.means)}
      todo={t(keys.do, reference)}
      className={className}
      action={
        action ??
        (onRetry && (
          <Button size="small" icon={RotateCw} onPress={onRetry}>
            {t('common.retry')}
          </Button>
        ))
      }
    />
  )
}
