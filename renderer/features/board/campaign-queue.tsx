import { BellOff, PhoneIncoming } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Tag } from '../../ui/chip.tsx'
import { useFormat } from '../../ui/use-format.ts'
import type { BoardCampaign } from './rules.ts'
import { Since } from './since.tsx'

/** Who calls the campaign and waits, and how many nobody answered today; nothing where nobody calls. */
export function CampaignQueue({ queue }: { queue: BoardCampaign['queue'] }) {
  const { t } = useTranslation()
  const { number } = useFormat()
  return (
    <>
      {queue.waiting > 0 && (
        <Tag tone="ring" icon={PhoneIncoming}>
          {t('board.queue.waiting', { count: queue.waiting, n: number(queue.waiting) })}
          {queue.since !== null && <Since at={queue.since} label={t('board.queue.longest')} />}
        </Tag>
      )}
      {queue.abandonedToday > 0 && (
        <Tag tone="missed" icon={BellOff}>
          {t('board.queue.abandoned', { count: queue.abandonedToday, n: number(queue.abandonedToday) })}
        </Tag>
      )}
    </>
  )
}
