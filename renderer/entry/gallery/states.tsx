import { Check, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { breakReasonKey, genderContext, stateKeys, type Gender } from '../../../shared/text/keys.ts'
import { Mark, StateChip, StateChipButton, Tag } from '../../ui/chip.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Timer } from '../../ui/timer.tsx'
import type { StateTone } from '../../ui/tone.ts'
import { Line, Part } from './part.tsx'

const shown: readonly (readonly [StateTone, keyof typeof stateKeys])[] = [
  ['ready', 'ready'],
  ['ring', 'reserved'],
  ['ring', 'ringing'],
  ['talk', 'talking'],
  ['hold', 'held'],
  ['wrap', 'wrap-up'],
  ['break', 'break'],
  ['missed', 'missed'],
  ['off', 'offline'],
]
const pageOpened = Date.now()

export function States({ gender }: { gender: Gender | null }) {
  const { t } = useTranslation()
  const reason = t(breakReasonKey('coffee'))
  return (
    <Part title="States">
      <Line>
        {shown.map(([tone, key]) => (
          <StateChip
            key={key}
            tone={tone}
            detail={tone === 'talk' ? <Timer since={pageOpened - 83_000} /> : undefined}
          >
            {t(stateKeys[key], genderContext(gender))}
          </StateChip>
        ))}
        <StateChip tone="break">{t(stateKeys['break-reason'], { reason })}</StateChip>
        <StateChip tone="ready" isPending>
          {t(stateKeys.ready, genderContext(gender))}
        </StateChip>
      </Line>
      <Line>
        <Menu
          label="Stato"
          onAction={() => undefined}
          groups={[
            {
              title: t(stateKeys.break),
              items: ['coffee', 'lunch', 'training', 'technical', 'start', 'other'].map((id) => ({
                id,
                label: t(breakReasonKey(id)),
              })),
            },
          ]}
        >
          <StateChipButton tone="ready" label="Stato" detail={<Timer since={pageOpened - 42_000} />}>
            {t(stateKeys.ready, genderContext(gender))}
          </StateChipButton>
        </Menu>
        <StateChip tone="wrap" size="small">
          {t(stateKeys['wrap-up'])}
        </StateChip>
        <Tag tone="ready" icon={Check}>
          Trattamento dati
        </Tag>
        <Tag tone="missed" icon={X}>
          No marketing
        </Tag>
        <Tag>in lavorazione</Tag>
        <Tag tone="ring">doppione della riga 2</Tag>
      </Line>
      <Line>
        <span className="inline-flex items-center gap-2">
          <Mark tone="ready" shape="circle" /> Interessata
        </span>
        <span className="inline-flex items-center gap-2">
          <Mark tone="ring" shape="diamond" /> Richiamare
        </span>
        <span className="inline-flex items-center gap-2">
          <Mark tone="off" shape="square" /> Non interessata
        </span>
        <span className="inline-flex items-center gap-2">
          <Mark tone="missed" shape="triangle" /> Non chiamare più
        </span>
        <span className="text-timer font-semibold text-wrapup">
          <Timer until={pageOpened + 30_000} label="Tempo di post-chiamata" />
        </span>
      </Line>
    </Part>
  )
}
