import { useTranslation } from 'react-i18next'
import type { Desk, Work } from '../../../../shared/contract/call.ts'
import { isErrorCode, type ErrorCode } from '../../../../shared/std/errors.ts'
import { errorKeys } from '../../../../shared/text/keys.ts'
import { pageClock } from '../../../client/page-clock.ts'
import { cx } from '../../../ui/cx.ts'
import { useFormat } from '../../../ui/use-format.ts'
import { comingText } from '../words.ts'

/** Only what is said takes room: without it the keys have all of it. */
const room = 'min-w-40 flex-1 basis-40'

/** The middle of the call bar: what the customer says where the line tells it in words, or why a command was refused. */
export function Said(props: { work: Work; problem: ErrorCode | null; refusal: Desk['refusal'] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { work, problem, refusal } = props
  if (refusal && !work.call) {
    const code = isErrorCode(refusal.code) ? refusal.code : 'internal'
    const reason = refusal.reason === null ? t(errorKeys(code).what) : t(`call.refusals.${refusal.reason}`)
    return (
      <p role="alert" className={cx(room, 'text-compact text-danger')}>
        {reason}
        {refusal.until !== null &&
          ` ${t('call.allowedFrom', { when: comingText(format, refusal.until, pageClock.now()) })}`}
      </p>
    )
  }
  if (problem !== null) {
    return (
      <p role="alert" className={cx(room, 'text-compact text-danger')}>
        {t(errorKeys(problem).what)} {t(errorKeys(problem).do, { reference: '' })}
      </p>
    )
  }
  const caption = work.call?.phase.name === 'talking' ? work.call.caption : null
  return (
    <p
      aria-live="polite"
      className={caption === null ? 'sr-only' : 'line-clamp-2 min-w-24 flex-1 basis-24 text-ink-2 italic'}
    >
      {caption !== null && `«${caption}»`}
    </p>
  )
}
