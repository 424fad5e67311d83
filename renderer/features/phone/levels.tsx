import { useTranslation } from 'react-i18next'
import { useMediaView } from '../../client/media.ts'
import { Meter } from '../../ui/progress.tsx'

/** Looking at it is the speaking test: nothing is measured while it is not shown. */
export function MicrophoneLevel({ isSilent }: { isSilent: boolean }) {
  const { t } = useTranslation()
  const levels = useMediaView('media.levels')
  return (
    <Meter
      label={t('phone.level')}
      value={levels?.input ?? 0}
      max={1}
      text={t(isSilent ? 'phone.speak' : 'phone.heard')}
      tone={isSilent ? 'missed' : 'ready'}
    />
  )
}
