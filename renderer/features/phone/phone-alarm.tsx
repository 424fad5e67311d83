import { useTranslation } from 'react-i18next'
import { useView } from '../../client/desktop.ts'
import { Banner } from '../../ui/banner.tsx'
import { usePhone } from './use-phone.ts'

/** On top of every page, while somebody works: the phone or the microphone is lost, or another device took over. */
export function PhoneAlarm() {
  const { t } = useTranslation()
  const { issue, media, view } = usePhone()
  const state = useView('operator.status')?.view?.state
  const works = state !== undefined && state !== 'break' && state !== 'offline'
  if (!works || !view.needed) return null
  if (issue !== null) {
    return (
      <Banner
        kind="error"
        className="mb-2.5"
        title={t(`phone.problems.${issue}.what`)}
        todo={t(`phone.problems.${issue}.todo`)}
      />
    )
  }
  if (media.lost === null) return null
  return (
    <Banner
      kind="warning"
      className="mb-2.5"
      title={t('phone.lost', { device: media.lost })}
      todo={t('phone.lostTodo', { device: media.inUse.input || t('phone.systemChoice') })}
    />
  )
}
