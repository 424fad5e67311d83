import { useTranslation } from 'react-i18next'
import { useView } from '../../../client/desktop.ts'
import { Timer } from '../../../ui/timer.tsx'

/**
 * One calm sentence in the bar while our server is away; nothing is lost, and it says so. Where the row is full of keys
 * it stands below them: a key is where it was.
 */
export function ServerAway({ isBelow = false }: { isBelow?: boolean }) {
  const { t } = useTranslation()
  const connection = useView('session.connection')
  if (connection?.server !== 'down') return null
  return (
    <p
      role="status"
      className={
        isBelow
          ? '-mx-3.5 basis-[calc(100%+1.75rem)] border-t border-line bg-surface-2 px-3.5 py-1.5 text-ink-2'
          : 'min-w-48 flex-1 basis-48 text-end text-ink-2'
      }
    >
      {t('call.awaySince')} <Timer since={connection.since} offset={0} />. {t('call.awayGoOn')}
    </p>
  )
}
