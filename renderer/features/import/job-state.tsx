import { useTranslation } from 'react-i18next'
import { Tag } from '../../ui/chip.tsx'
import type { StateTone } from '../../ui/tone.ts'

const tones = {
  waiting: 'hold',
  running: 'talk',
  done: 'ready',
  failed: 'missed',
  undone: 'off',
} as const satisfies Record<string, StateTone>

export function JobState({ state }: { state: keyof typeof tones }) {
  const { t } = useTranslation()
  return <Tag tone={tones[state]}>{t(`imports.states.${state}`)}</Tag>
}
