import type { MediaState } from '../../../shared/contract/media.ts'
import { silentMedia } from '../../../shared/contract/media.ts'
import { defaultSettings, type Settings } from '../../../shared/contract/settings.ts'
import { noPhone, type PhoneView } from '../../../shared/crm-api/phone.ts'
import { useClient, useView } from '../../client/desktop.ts'
import { useMediaView } from '../../client/media.ts'
import { issueOf, type PhoneIssue } from './rules.ts'

export interface PhoneAtHand {
  view: PhoneView
  media: MediaState
  settings: Settings
  issue: PhoneIssue | null
  save: (change: Partial<Settings>) => void
}

/** Phone, microphone and what is wrong with them, as this page knows it. */
export function usePhone(): PhoneAtHand {
  const client = useClient()
  // of an operator, or of a supervisor while listening
  const own = useView('operator.status')?.view?.phone
  const listening = useView('supervision.state')?.phone
  const view = own ?? listening ?? noPhone
  const media = useMediaView('media.state') ?? silentMedia
  const settings = useView('settings.current') ?? defaultSettings
  return {
    view,
    media,
    settings,
    issue: issueOf(view, settings.phoneKind, media),
    save: (change) => void client.settings.save({ ...settings, ...change }),
  }
}
