import { useTranslation } from 'react-i18next'
import { useStatus } from '../../client/desktop.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'

/** The page has lost the program it belongs to; the call lives there, so it goes on. */
export function HostAway() {
  const { t } = useTranslation()
  const status = useStatus()
  if (status === 'down') {
    return (
      <Banner
        kind="warning"
        className="m-2.5 mb-0"
        title={t('session.hostAway')}
        means={t('session.hostAwayMeans')}
      />
    )
  }
  if (status !== 'reload-needed') return null
  return (
    <Banner
      kind="error"
      className="m-2.5 mb-0"
      title={t('errors.protocol-mismatch.what')}
      means={t('errors.protocol-mismatch.means')}
      action={<Button onPress={() => window.location.reload()}>{t('session.reload')}</Button>}
    />
  )
}
