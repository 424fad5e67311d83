import { CalendarClock, Coffee } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useView } from '../../../client/desktop.ts'
import { pageClock } from '../../../client/page-clock.ts'
import { EmptyState } from '../../../ui/banner.tsx'
import { Card, CardSection, Figure, Heading, Timeline } from '../../../ui/card.tsx'
import { useFormat } from '../../../ui/use-format.ts'
import { Saved } from '../outcome/saved-bar.tsx'
import { comingText } from '../words.ts'
import { Zones } from '../zones.tsx'
import { Readiness } from './readiness.tsx'

/** No record on the desk: own figures, what comes and why not yet, callbacks due, the pause one is owed. */
export function Between({ readiness, callers }: { readiness?: ReactNode; callers?: ReactNode }) {
  const { t } = useTranslation()
  const format = useFormat()
  const view = useView('operator.status')?.view
  if (!view) return null
  const { today, callbacks, state } = view
  const now = pageClock.now()
  return (
    <Zones
      contact={
        <Card label={t('operator.today')} className="flex flex-1 flex-col">
          <CardSection>
            <Heading level={2} look="label">
              {t('operator.today')}
            </Heading>
          </CardSection>
          <Figure value={format.number(today.worked)} label={t('operator.figures.worked')} />
          <Figure
            value={format.number(today.positive)}
            label={t('operator.figures.positive')}
            tone="text-ready"
          />
          <Figure value={format.number(today.callbacks)} label={t('operator.figures.callbacks')} />
          <div className="flex-1" />
          <CardSection className="border-t">
            <p className="flex gap-2 text-compact text-ink-2">
              <Coffee className="mt-0.5 size-4 shrink-0" strokeWidth={1.9} aria-hidden />
              {t('operator.breakRight')}
            </p>
          </CardSection>
        </Card>
      }
      script={
        state === 'break' || state === 'missed' || state === 'offline' ? (
          <Readiness>{readiness}</Readiness>
        ) : (
          <Waiting />
        )
      }
      outcome={
        <>
          <Card label={t('operator.callbacks')} className="flex min-h-0 flex-1 flex-col overflow-auto">
            <CardSection>
              <Heading level={2} look="label">
                {t('operator.callbacks')}
              </Heading>
            </CardSection>
            <CardSection className="flex-1">
              {callbacks.length === 0 ? (
                <p className="text-compact text-ink-3">{t('operator.noCallbacks')}</p>
              ) : (
                <Timeline
                  label={t('operator.callbacks')}
                  items={callbacks.map(({ record, name, dueAt, campaign }) => ({
                    id: record,
                    icon: CalendarClock,
                    title: name,
                    detail: dueAt <= now ? `${campaign} · ${t('operator.due')}` : campaign,
                    when: comingText(format, dueAt, now),
                    dateTime: new Date(dueAt).toISOString(),
                  }))}
                />
              )}
            </CardSection>
          </Card>
          {callers}
          <Saved />
        </>
      }
    />
  )
}

function Waiting() {
  const { t } = useTranslation()
  const format = useFormat()
  const idle = useView('operator.status')?.view?.idle
  return (
    <Card label={t('operator.next')} className="grid place-items-center">
      <EmptyState
        icon={CalendarClock}
        title={t(idle ? `operator.idle.${idle.code}` : 'operator.waiting')}
        level={2}
      >
        {idle?.until != null
          ? t('operator.idleUntil', { when: format.time(idle.until) })
          : t('operator.waitingMeans')}
      </EmptyState>
    </Card>
  )
}
