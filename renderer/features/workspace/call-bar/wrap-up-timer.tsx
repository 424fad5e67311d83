import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Instant } from '../../../../shared/std/clock.ts'
import { Timer } from '../../../ui/timer.tsx'

/** Time left for the wrap-up; when it is over it counts on, in the colour of what is missed. Nothing is cut off. */
export function WrapUpTimer({ until }: { until: Instant }) {
  const { t } = useTranslation()
  const [isOver, setOver] = useState(false)
  return isOver ? (
    <span className="inline-flex items-baseline gap-1.5 text-missed">
      <span>
        +<Timer since={until} offset={0} label={t('call.overtime')} />
      </span>
      <span className="text-compact font-normal">{t('call.over')}</span>
    </span>
  ) : (
    <span className="inline-flex items-baseline gap-1.5">
      <Timer until={until} offset={0} onEnd={() => setOver(true)} label={t('call.timeLeft')} />
      <span className="text-compact font-normal">{t('call.left')}</span>
    </span>
  )
}
