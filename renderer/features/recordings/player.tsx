import { Pause, Play } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { RecordingDetails } from '../../../shared/crm-api/recordings.ts'
import type { RecordingId } from '../../../shared/std/ids.ts'
import { useCrm } from '../../client/crm.ts'
import { Button } from '../../ui/button.tsx'
import { durationText } from '../../ui/format.ts'
import { Problem } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/progress.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { silentKey } from './rules.ts'
import { usePlayer } from './use-player.ts'
import { Waveform } from './waveform.tsx'

/** One recording to be heard: nothing of its sound is asked for before it is played. */
export function Player({ id, bars = 90 }: { id: RecordingId; bars?: number }) {
  const { t } = useTranslation()
  const recording = useCrm(`recordings/${id}`, (crm) => crm.recordings.get({ params: { id } }))
  if (recording.value) return <Loaded recording={recording.value} bars={bars} />
  if (recording.error) return <Problem error={recording.error} onRetry={recording.reload} />
  return <Skeleton lines={2} label={t('recordings.loading')} />
}

function Loaded({ recording, bars }: { recording: RecordingDetails; bars: number }) {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  const { durationMs, startedAt, operator, contact } = recording
  const silent = silentKey(recording)
  const name = t('recordings.named', {
    when: dateTime(startedAt),
    contact: contact.name,
    operator: operator.name,
  })
  return (
    <section aria-label={name} className="flex flex-col gap-1.5">
      {silent === null && durationMs !== null ? (
        <Sound recording={{ ...recording, durationMs }} bars={bars} />
      ) : (
        <p className="text-compact text-ink-2">{t(silent ?? 'recordings.silent.missing')}</p>
      )}
    </section>
  )
}

function Sound({ recording, bars }: { recording: RecordingDetails & { durationMs: number }; bars: number }) {
  const { t } = useTranslation()
  const player = usePlayer(recording.id)
  const { isPlaying, isStarting, atMs, error } = player
  return (
    <>
      <div className="flex items-center gap-2">
        <Button
          icon={isPlaying ? Pause : Play}
          size="big"
          isPending={isStarting}
          aria-label={isPlaying ? t('recordings.pause') : t('recordings.play')}
          onPress={player.toggle}
        />
        <Waveform
          recording={recording}
          atMs={atMs}
          bars={bars}
          onSeek={player.seek}
          onToggle={player.toggle}
        />
      </div>
      <p className="flex justify-between gap-2 text-small text-ink-2 tabular-nums">
        <span>{durationText(atMs)}</span>
        <span>{durationText(recording.durationMs)}</span>
      </p>
      <Pauses pauses={recording.pauses} />
      {error && <Problem error={error} onRetry={player.toggle} />}
      {/* what was said on the telephone has no written form */}
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption */}
      <audio {...player.audio} preload="none" hidden />
    </>
  )
}

/** The dashed lines of the waveform in words: where the sound leaves something out, for how long, and why. */
function Pauses({ pauses }: Pick<RecordingDetails, 'pauses'>) {
  const { t } = useTranslation()
  if (pauses.length === 0) return null
  return (
    <ul aria-label={t('recordings.pauses')} className="text-small text-ink-2">
      {pauses.map(({ atMs, lastedMs, why }) => (
        <li key={`${atMs} ${lastedMs}`} className="tabular-nums">
          {t('recordings.pauseAt', {
            at: durationText(atMs),
            lasted: lastedMs === null ? '–' : durationText(lastedMs),
            why: why.map((reason) => t(`recordings.why.${reason}`)).join(', '),
          })}
        </li>
      ))}
    </ul>
  )
}
