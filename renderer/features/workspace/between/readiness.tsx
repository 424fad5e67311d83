import { CircleCheck, CircleX, RefreshCw, TriangleAlert } from 'lucide-react'
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CheckResult } from '../../../../shared/contract/diagnostics.ts'
import { useClient, useView } from '../../../client/desktop.ts'
import { useMediaView } from '../../../client/media.ts'
import { Button } from '../../../ui/button.tsx'
import { Card, CardHead } from '../../../ui/card.tsx'
import { cx } from '../../../ui/cx.ts'
import { useHotkeys } from '../../../ui/hotkeys/hotkeys.tsx'
import { Skeleton } from '../../../ui/progress.tsx'

const looks = {
  ok: { icon: CircleCheck, look: 'text-ready' },
  warning: { icon: TriangleAlert, look: 'text-ring' },
  failed: { icon: CircleX, look: 'text-missed' },
} as const

/** Before anybody is ready: what was checked, and where something is wrong what to do about it. */
export function Readiness({ children }: { children?: ReactNode }) {
  const { t } = useTranslation()
  const client = useClient()
  const server = useView('session.connection')?.server
  const [results, setResults] = useState<readonly CheckResult[] | null>(null)
  const round = useRef(0)
  const check = useCallback(() => {
    const mine = ++round.current
    // an older answer that comes late says nothing any more
    const show = (found: readonly CheckResult[]) => mine === round.current && setResults(found)
    client.diagnostics.run().then(show, () => show([]))
  }, [client])
  const phone = useView('operator.status')?.view?.phone
  const media = useMediaView('media.state')
  const line = [phone?.state, phone?.problem, media?.registration, media?.microphone].join(' ')
  // again by itself when the server, the phone or the microphone goes or comes back
  useEffect(check, [check, server, line])
  const key = useHotkeys([
    {
      id: 'operator.check',
      label: t('operator.checkAgain'),
      group: t('operator.group'),
      keys: ['F3'],
      run: check,
    },
  ])
  return (
    <Card label={t('operator.readiness')} className="flex flex-col overflow-auto">
      <CardHead
        title={t('operator.readiness')}
        actions={
          <Button icon={RefreshCw} shortcut={key('operator.check')} onPress={check}>
            {t('operator.checkAgain')}
          </Button>
        }
      >
        {results !== null && t(summaryKey(results))}
      </CardHead>
      {results === null ? (
        <div className="p-4">
          <Skeleton label={t('common.inProgress')} lines={6} />
        </div>
      ) : (
        <ul className="grid grid-cols-[repeat(auto-fit,minmax(min(18rem,100%),1fr))] gap-x-8 px-4 py-1">
          {results.map((result) => (
            <Line key={result.id} result={result} />
          ))}
        </ul>
      )}
      {children}
    </Card>
  )
}

function Line({ result: { id, result } }: { result: CheckResult }) {
  const { t } = useTranslation()
  const { icon: IconPart, look } = looks[result]
  return (
    <li className={cx('flex items-start gap-3 py-1.5', result !== 'ok' && 'col-span-full')}>
      <IconPart className={`mt-0.5 size-4.5 shrink-0 ${look}`} strokeWidth={1.9} aria-hidden />
      <span className="min-w-0 flex-1">
        <span className="block">{t(`operator.checks.${id}.name`)}</span>
        {result !== 'ok' && (
          <span className="block text-compact text-ink-2">{t(`operator.checks.${id}.todo`)}</span>
        )}
      </span>
      <span className={`text-compact font-medium ${look}`}>{t(`operator.checkResults.${result}`)}</span>
    </li>
  )
}

function summaryKey(results: readonly CheckResult[]) {
  if (results.length === 0) return 'operator.checkSummary.none'
  if (results.some(({ result }) => result === 'failed')) return 'operator.checkSummary.failed'
  return results.some(({ result }) => result === 'warning')
    ? 'operator.checkSummary.warning'
    : 'operator.checkSummary.ok'
}
