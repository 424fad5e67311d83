import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '../../../ui/card.tsx'
import { cx } from '../../../ui/cx.ts'

/** The bar itself: one row, or more where the text is large. `below` hangs under its end; somebody calling frames it. */
export function BarFrame(props: { children: ReactNode; below?: ReactNode; isCalling?: boolean }) {
  const { children, below, isCalling = false } = props
  const { t } = useTranslation()
  return (
    <div className="relative z-10 shrink-0">
      <Card
        label={t('call.group')}
        className={cx(
          // at 200 % text a bar with all its keys would leave no page below it: from here on it scrolls in itself
          'flex max-h-[60dvh] min-h-18 flex-wrap items-center gap-x-3 gap-y-1 overflow-x-hidden overflow-y-auto px-3.5 [&>:first-child]:-ms-3.5',
          isCalling && 'border-ring-dot!',
        )}
      >
        {children}
      </Card>
      {below}
    </div>
  )
}
