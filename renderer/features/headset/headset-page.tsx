import { Headset, Plug, Unplug } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HeadsetLamps, HeadsetReport, MediaState } from '../../../shared/contract/media.ts'
import { darkLamps, silentMedia } from '../../../shared/contract/media.ts'
import { useView } from '../../client/desktop.ts'
import { useMediaClient, useMediaView } from '../../client/media.ts'
import { EmptyState } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Card, CardHead, CardSection } from '../../ui/card.tsx'
import { Switch } from '../../ui/checkbox.tsx'
import { Table } from '../../ui/table.tsx'
import { useFormat } from '../../ui/use-format.ts'

/** Pairs a headset, shows what it sends and lights its lamps: whether a model works is seen here in a minute. */
export function HeadsetPage() {
  const { t } = useTranslation()
  const { headset, canPairHeadset } = useMediaView('media.state') ?? silentMedia
  return (
    <div className="mx-auto flex max-w-240 flex-col gap-2.5 p-2.5">
      <Card>
        <CardHead title={t('headset.title')} level={1} actions={headset && <Forget />}>
          {headset?.name}
        </CardHead>
        {headset ? (
          <Paired headset={headset} />
        ) : (
          <EmptyState
            icon={Headset}
            level={2}
            title={t(canPairHeadset ? 'headset.none' : 'headset.unsupported')}
            action={canPairHeadset && <Pair />}
          >
            {t(canPairHeadset ? 'headset.noneMeans' : 'headset.unsupportedMeans')}
          </EmptyState>
        )}
      </Card>
      {headset && <Sent />}
    </div>
  )
}

function Pair() {
  const { t } = useTranslation()
  const client = useMediaClient()
  return (
    <Button variant="primary" icon={Plug} onPress={() => void client.media.pairHeadset()}>
      {t('headset.pair')}
    </Button>
  )
}

function Forget() {
  const { t } = useTranslation()
  const client = useMediaClient()
  return (
    <Button icon={Unplug} onPress={() => void client.media.forgetHeadset()}>
      {t('headset.forget')}
    </Button>
  )
}

function Paired({ headset }: { headset: NonNullable<MediaState['headset']> }) {
  const { t } = useTranslation()
  const client = useMediaClient()
  // in a call the lamps say what the call is
  const isBusy = useView('call.desk')?.work?.call != null
  const [lit, setLit] = useState<HeadsetLamps>(darkLamps)
  const light = (change: Partial<HeadsetLamps>) => {
    setLit({ ...lit, ...change })
    void client.media.lightHeadset({ ...lit, ...change })
  }
  useEffect(() => {
    if (isBusy) return setLit(darkLamps)
    return () => void client.media.lightHeadset(darkLamps)
  }, [client, isBusy])
  return (
    <>
      <CardSection title={t('headset.keys')}>
        {headset.keys.length === 0 ? (
          <p>{t('headset.noKeys')}</p>
        ) : (
          <ul className="flex flex-wrap gap-x-4 gap-y-1">
            {headset.keys.map((key) => (
              <li key={key}>{t(`headset.keyNames.${key}`)}</li>
            ))}
          </ul>
        )}
      </CardSection>
      <CardSection title={t('headset.lamps')}>
        {headset.lamps.length === 0 && <p>{t('headset.noLamps')}</p>}
        <div className="flex flex-wrap gap-x-6 gap-y-1">
          {lampNames
            .filter((name) => headset.lamps.includes(name))
            .map((name) => (
              <Switch
                key={name}
                isSelected={lit[name]}
                isDisabled={isBusy}
                onChange={(on) => light({ [name]: on })}
              >
                {t(`headset.lampNames.${name}`)}
              </Switch>
            ))}
        </div>
        {isBusy && <p className="text-compact text-ink-2">{t('headset.lampsBusy')}</p>}
      </CardSection>
    </>
  )
}

const lampNames = ['offHook', 'ring', 'mute', 'hold'] as const satisfies readonly (keyof HeadsetLamps)[]

function Sent() {
  const { t } = useTranslation()
  const format = useFormat()
  const reports = useMediaView('media.headsetReports') ?? []
  const newest = reports.map((report, index) => ({ ...report, index })).toReversed()
  return (
    <Card label={t('headset.sent')} className="flex flex-col">
      <CardHead title={t('headset.sent')}>
        <span className="text-compact">{t('headset.sentMeans')}</span>
      </CardHead>
      <Table<HeadsetReport & { index: number }>
        label={t('headset.sent')}
        className="max-h-100"
        rows={newest}
        rowKey={({ index }) => String(index)}
        columns={[
          { id: 'at', header: t('headset.columns.at'), cell: ({ at }) => format.exactTime(at) },
          {
            id: 'key',
            header: t('headset.columns.key'),
            cell: ({ key }) => (key === null ? '–' : t(`headset.keyNames.${key}`)),
          },
          {
            id: 'usages',
            header: t('headset.columns.usages'),
            cell: ({ usages }) => usages.join(', ') || '–',
          },
          {
            id: 'data',
            header: t('headset.columns.data'),
            cell: ({ reportId, data }) => `${reportId}: ${data}`,
          },
        ]}
        empty={<p className="px-3.5 py-3 text-ink-2">{t('headset.nothingSent')}</p>}
      />
    </Card>
  )
}
