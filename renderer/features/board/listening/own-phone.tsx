import { useTranslation } from 'react-i18next'
import type { MediaState } from '../../../../shared/contract/media.ts'
import { silentMedia } from '../../../../shared/contract/media.ts'
import type { PhoneView } from '../../../../shared/crm-api/phone.ts'
import type { Listening } from '../../../../shared/crm-api/supervision.ts'
import { useMediaView } from '../../../client/media.ts'
import { Meter } from '../../../ui/progress.tsx'

/** What arrives at this page's loudspeaker; measured only while it is shown. */
export function Voice() {
  const { t } = useTranslation()
  const level = useMediaView('media.levels')?.output ?? 0
  return (
    <div className="w-28">
      <Meter
        label={t('supervision.voice')}
        value={level}
        max={1}
        text={t(level > 0.05 ? 'supervision.someVoice' : 'supervision.noVoice')}
        hideText
        tone="talk"
      />
    </div>
  )
}

/** What is wrong with the supervisor's own phone, with what to do; nothing while all is well. */
export function OwnPhone({ listening, phone }: { listening: Listening; phone: PhoneView }) {
  const { t } = useTranslation()
  const media = useMediaView('media.state') ?? silentMedia
  const problem = problemOf(listening, phone, media)
  if (problem === null) return null
  return (
    <p className="basis-full text-compact text-missed">
      <span className="font-semibold">{t(`phone.problems.${problem}.what`)}.</span>{' '}
      {problem === 'no-answer' ? t('supervision.noAnswerDo') : t(`phone.problems.${problem}.todo`)}
    </p>
  )
}

/** A microphone is needed by who speaks; who only listens can do without. */
function problemOf({ mode, state }: Listening, phone: PhoneView, media: MediaState) {
  if (phone.problem === 'switch-away' || phone.problem === 'no-desk-phone') return phone.problem
  if (state === 'phone' && phone.problem === 'no-answer') return phone.problem
  if (phone.kind === 'desk') return null
  if (media.registration === 'failed' || media.problem !== null) return media.problem ?? 'refused'
  const { microphone } = media
  const isMute = microphone === 'denied' || microphone === 'missing' || microphone === 'ended'
  return mode !== 'listen' && isMute ? microphone : null
}
