import './no-eval.ts'
import '../ui/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { desktop } from '../../shared/contract/index.ts'
import { defaultSettings } from '../../shared/contract/settings.ts'
import type { Channel } from '../../shared/rpc/channel.ts'
import { openConnection } from '../client/connection.ts'
import { pageClock } from '../client/page-clock.ts'
import { App } from './app.tsx'
import { createI18n } from './i18n.ts'
import { openPhone } from './softphone.ts'

/** Draws the page over channels that `open` makes: the only thing in which the shells differ. */
export function start(open: () => Promise<Channel>): void {
  const root = document.getElementById('root')
  if (!root) throw new Error('the page has no root element')
  const phone = openPhone()
  const connection = openConnection({
    contract: desktop,
    open,
    clock: pageClock,
    random: Math.random,
    onChannel: phone.serve,
  })
  createRoot(root).render(
    <StrictMode>
      <App connection={connection} phone={phone} i18n={createI18n(defaultSettings.language)} />
    </StrictMode>,
  )
}
