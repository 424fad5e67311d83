import type { Page } from '../../shared/contract/media.ts'
import { clientHooks } from './react.ts'

/** The hooks of the page's own contract: its phone, microphone and headset, asked over memory. */
export const {
  ClientProvider: MediaProvider,
  useClient: useMediaClient,
  useView: useMediaView,
} = clientHooks<Page>()
