import { PhoneCall, PhoneOff } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMediaClient } from '../../client/media.ts'
import { Button } from '../../ui/button.tsx'
import type { PhoneAtHand } from './use-phone.ts'

/** A call to the switch's own number that speaks back what it hears: everything between mouth and ear is in it. */
export function EchoCall({ media }: Pick<PhoneAtHand, 'media'>) {
  const { t } = useTranslation()
  const client = useMediaClient()
  const [isRefused, setRefused] = useState(false)
  const isRunning = media.echo === 'calling' || media.echo === 'up'
  if (media.echoNumber === null) return null
  const start = () => {
    setRefused(false)
    client.media.startEcho().catch(() => setRefused(true))
  }
  return (
    <div className="flex flex-wrap items-center gap-2">
      {isRunning ? (
        <Button icon={PhoneOff} onPress={() => void client.media.stopEcho()}>
          {t('phone.echo.stop')}
        </Button>
      ) : (
        <Button
          icon={PhoneCall}
          isDisabled={media.registration !== 'registered' || media.leg === 'up'}
          onPress={start}
        >
          {t('phone.echo.start')}
        </Button>
      )}
      <span role="status" className="min-w-0 flex-1 text-compact text-ink-2">
        {t(`phone.echo.${isRefused ? 'failed' : media.echo}`)}
      </span>
    </div>
  )
}
