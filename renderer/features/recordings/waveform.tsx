import { useId, useMemo, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { RecordingDetails } from '../../../shared/crm-api/recordings.ts'
import { durationText } from '../../ui/format.ts'
import { barsOf, movedBy, pathOf } from './rules.ts'

export interface WaveformProps {
  recording: Pick<RecordingDetails, 'peaks' | 'pauses'> & { durationMs: number }
  atMs: number
  onSeek: (ms: number) => void
  onToggle: () => void
  /** more where there is room */
  bars: number
}

/** The sound as bars, and over them a slider that says where it is: arrows, Home, End; space plays. */
export function Waveform({ recording, atMs, onSeek, onToggle, bars }: WaveformProps) {
  const { t } = useTranslation()
  const clip = useId()
  const { peaks, pauses, durationMs } = recording
  const path = useMemo(() => pathOf(barsOf(peaks, bars)), [peaks, bars])
  const place = (ms: number) => (durationMs === 0 ? 0 : (Math.min(ms, durationMs) / durationMs) * bars)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const to = movedBy(event, atMs, durationMs)
    if (event.key === ' ') onToggle()
    else if (to === null) return
    else onSeek(to)
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className="relative h-11 min-w-0 flex-1 rounded-field has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus">
      <svg
        aria-hidden
        viewBox={`0 0 ${bars} 100`}
        preserveAspectRatio="none"
        className="absolute inset-0 size-full"
      >
        <clipPath id={clip}>
          <rect x="0" y="0" width={place(atMs)} height="100" />
        </clipPath>
        <path d={path} className="fill-control" />
        <path d={path} className="fill-accent" clipPath={`url(#${clip})`} />
        {pauses.map((pause) => (
          <line
            key={`${pause.atMs} ${pause.lastedMs}`}
            x1={place(pause.atMs)}
            x2={place(pause.atMs)}
            y1="0"
            y2="100"
            vectorEffect="non-scaling-stroke"
            strokeWidth="1.5"
            strokeDasharray="3 2"
            className="stroke-ring"
          />
        ))}
        <line
          x1={place(atMs)}
          x2={place(atMs)}
          y1="0"
          y2="100"
          vectorEffect="non-scaling-stroke"
          strokeWidth="2"
          className="stroke-ink"
        />
      </svg>
      <input
        type="range"
        min={0}
        max={durationMs}
        step={100}
        value={Math.min(atMs, durationMs)}
        aria-label={t('recordings.position')}
        aria-valuetext={t('recordings.at', { at: durationText(atMs), all: durationText(durationMs) })}
        aria-keyshortcuts="Space"
        onChange={(event) => onSeek(Number(event.target.value))}
        onKeyDown={onKeyDown}
        className="absolute inset-0 size-full cursor-pointer opacity-0"
      />
    </div>
  )
}
