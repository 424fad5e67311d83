import { Ear, MessageCircle, Users } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Supervisor } from '../../../../shared/crm-api/supervision.ts'
import { useAnnounce } from '../../../ui/announcer.tsx'
import { StateChip } from '../../../ui/chip.tsx'

const icons = { listen: Ear, coach: MessageCircle, join: Users } as const

/** Who is with the operator's call, where the campaign says that it is told: calm, in words, and said once. */
export function Supervisors({ supervisors }: { supervisors: readonly Supervisor[] }) {
  const { t } = useTranslation()
  const announce = useAnnounce()
  const words = supervisors.map(({ by, mode }) => t(`supervision.told.${mode}`, { name: by }))
  const news = words.join('. ')
  const last = useRef('')
  useEffect(() => {
    if (news === last.current) return
    last.current = news
    announce(news === '' ? t('supervision.told.over') : news)
  }, [announce, news, t])
  return supervisors.map(({ by, mode }, index) => (
    <StateChip key={by} size="small" tone="hold" icon={icons[mode]}>
      {words[index]}
    </StateChip>
  ))
}
