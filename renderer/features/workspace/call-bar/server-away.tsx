import { useTranslation } from 'react-i18next'
import { useView } from '../../../client/desktop.ts'
import { Timer } from '../../../ui/timer.tsx'

/** One calm sentence in the bar while our server is away; nothing is lost, and it says so. */
export function ServerAway() {
  const { t } = useTranslation()
  const connection = useView('session.connection')
  if (connection?.server !== 'down') return null
  return (
    <p role="status" className="min-w-48 flex-1 basis-48 text-end text-ink-2">
      {t('call.awaySince')} <Timer since={connection.since} offset={0} />. {t('call.awayGoOn')}
    </p>
  )
}
