/// <reference types="vite/client" />
import '../../renderer/entry/no-eval.ts'
import '../../renderer/ui/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { openConnection } from '../../renderer/client/connection.ts'
import { pageClock } from '../../renderer/client/page-clock.ts'
import { App } from '../../renderer/entry/app.tsx'
import { createI18n } from '../../renderer/entry/i18n.ts'
import { servedPhone } from '../../renderer/entry/softphone.ts'
import { desktop } from '../../shared/contract/index.ts'
import { memoryChannels } from '../../shared/rpc/channel.ts'
import { serve, type ServeOptions } from '../../shared/rpc/host.ts'
import { mediaHost } from '../fakes/media-host.ts'
import { hostOf, mediaOf } from './scenes.ts'

/** The product's page over a host in memory: for looking at it, and for the specs that walk it by keyboard. */
const query = new URLSearchParams(window.location.search)
const fake = hostOf(query, pageClock)
const media = mediaHost(mediaOf(query))
const errors: unknown[] = []
const memory = memoryChannels()
const options: ServeOptions = {
  makeReference: () => String(errors.length),
  onError: (_reference, error, to) => {
    console.error(to, error)
    errors.push(error)
  },
  checkOutput: true,
}
Object.assign(window, { preview: { ...fake, media, errors } })

const connection = openConnection({
  contract: desktop,
  clock: pageClock,
  random: Math.random,
  open: async () => memory.left,
  // from here on somebody listens to the greeting
  onChannel: () => serve(desktop, fake.host, memory.right, { window: 'preview' }, options),
})

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App connection={connection} phone={servedPhone(media.host, media.pressed)} i18n={createI18n('it')} />
  </StrictMode>,
)
