import { PhoneCall } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { AbandonedCaller } from '../../../shared/crm-api/callers.ts'
import { errorKeys } from '../../../shared/text/keys.ts'
import { askToDial } from '../../client/dial-request.ts'
import { pageClock } from '../../client/page-clock.ts'
import type { Refusal } from '../../client/refusal.ts'
import { Button } from '../../ui/button.tsx'
import { Card, CardSection, Heading } from '../../ui/card.tsx'
import { counted } from '../../ui/counted.ts'
import { NumberButton } from '../../ui/number-button.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { useAbandoned, useCallBack, useWaiting } from './use-callers.ts'
import { callerName, numberText } from './words.ts'

/** Between two calls: who called and got no answer, with the button that calls back. */
export function CallersCard() {
  const { t } = useTranslation()
  const format = useFormat()
  const { value, reload } = useAbandoned()
  const waiting = useWaiting().value?.length ?? 0
  const { callBack, pending, refusal } = useCallBack(reload)
  if (value === undefined) return null
  return (
    <Card label={t('callers.card')} className="flex max-h-1/2 min-h-0 shrink-0 flex-col overflow-auto">
      <CardSection>
        <Heading level={2} look="label">
          {t('callers.title')}
        </Heading>
        {waiting > 0 && (
          <p className="text-compact text-ring">{t('callers.waiting', counted(waiting, format.number))}</p>
        )}
      </CardSection>
      <CardSection>
        {refusal && <Refused refusal={refusal} />}
        {value.items.length === 0 ? (
          <p className="text-compact text-ink-3">{t('callers.noneMeans')}</p>
        ) : (
          <ul className="flex flex-col gap-2.5 text-compact">
            {value.items.map((caller) => (
              <Line
                key={caller.id}
                caller={caller}
                isPending={pending === caller.id}
                onCallBack={() => callBack(caller)}
              />
            ))}
          </ul>
        )}
        {value.total > value.items.length && (
          <p className="pt-2 text-small text-ink-3">
            {t('callers.more', { n: format.number(value.total - value.items.length) })}
          </p>
        )}
      </CardSection>
    </Card>
  )
}

function Line(props: { caller: AbandonedCaller; isPending: boolean; onCallBack: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { caller, isPending, onCallBack } = props
  const { number, reason, goneAt, times, callBack } = caller
  const name = callerName(caller, t)
  const facts = [t(`callers.gone.${reason}`), times > 1 && t('callers.times', counted(times, format.number))]
  return (
    <li>
      <p className="flex gap-2">
        <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
        <time className="text-ink-3 tabular-nums" dateTime={new Date(goneAt).toISOString()}>
          {format.when(goneAt, pageClock.now())}
        </time>
      </p>
      <div className="flex flex-wrap items-center gap-x-2">
        <span className="min-w-0 flex-1">
          {number !== null && (
            <NumberButton hint={t('callers.toDial')} onPress={() => askToDial(numberText(number))}>
              {numberText(number)}
            </NumberButton>
          )}
        </span>
        {callBack ? (
          <span className="text-small text-ink-2">{t('callers.takenBy', { name: callBack.name })}</span>
        ) : (
          number !== null && (
            <Button
              size="small"
              icon={PhoneCall}
              isPending={isPending}
              aria-label={t('callers.callBackNamed', { name })}
              onPress={onCallBack}
            >
              {t('callers.callBack')}
            </Button>
          )
        )}
      </div>
      <p className="text-small text-ink-3">{facts.filter(Boolean).join(' · ')}</p>
    </li>
  )
}

function Refused({ refusal: { code, reason, until } }: { refusal: Refusal }) {
  const { t } = useTranslation()
  const format = useFormat()
  const what =
    reason !== null
      ? t(`call.refusals.${reason}`)
      : t(code === 'conflict' ? 'callers.conflict' : errorKeys(code).what)
  return (
    <p role="alert" className="pb-2 text-compact text-danger">
      {what}
      {until !== null && ` ${t('call.allowedFrom', { when: format.dateTime(until) })}`}
    </p>
  )
}
