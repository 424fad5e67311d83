import { Headphones } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HistoryEntry } from '../../../shared/crm-api/contacts.ts'
import { Button } from '../../ui/button.tsx'
import { durationText } from '../../ui/format.ts'
import { Player } from './player.tsx'

/** The recordings of one call in a contact's history; the player opens below its button. */
export function CallRecordings({ recordings }: { recordings: NonNullable<HistoryEntry['recordings']> }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<string | null>(null)
  return (
    <ul className="flex flex-col gap-1.5 py-0.5">
      {recordings.map(({ id, durationMs }) => (
        <li key={id} className="flex flex-col items-start gap-1.5">
          <Button
            size="small"
            variant="quiet"
            icon={Headphones}
            aria-expanded={open === id}
            onPress={() => setOpen(open === id ? null : id)}
          >
            {t('recordings.listen', { lasts: durationText(durationMs) })}
          </Button>
          {open === id && (
            <div className="w-full">
              <Player id={id} />
            </div>
          )}
        </li>
      ))}
    </ul>
  )
}
