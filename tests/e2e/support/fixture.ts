import { join } from 'node:path'
import { test as base } from '@playwright/test'
import { crmAt, type AskCrm } from './crm.ts'
import { openElectronDesk, openWebDesk, type Desk } from './desk.ts'
import { findElectron } from './electron.ts'
import { runFolder } from '../../support/processes.ts'
import { startRealServer, type RealServer } from './server.ts'

export { expect } from '@playwright/test'

export interface Cuffia {
  server: RealServer
  /** The server's REST interface, for what a spec is not about. */
  crm: AskCrm
  /** A computer with the client on it; each call is another computer. */
  desk(options?: { speed?: number }): Promise<Desk>
}

export interface Options {
  shell: 'web' | 'desktop'
}

/** `cuffia` is the real server on an empty database with real clients, `page` the page of a first client. */
export const test = base.extend<{ cuffia: Cuffia }, Options>({
  shell: ['web', { option: true, scope: 'worker' }],
  cuffia: async ({ shell, browser }, use, testInfo) => {
    const electron = shell === 'desktop' ? findElectron(process.env) : null
    if (electron?.why !== undefined) testInfo.skip(true, electron.why)
    const folder = runFolder('cuffia-e2e-')
    const server = await startRealServer(folder.path, folder.log('server'))
    const desks: Desk[] = []
    const desk: Cuffia['desk'] = async ({ speed = 20 } = {}) => {
      const name = `desk-${desks.length}`
      const options = {
        server: server.url,
        dataDir: join(folder.path, name),
        log: folder.log(name),
        speed,
      }
      const opened =
        electron?.path !== undefined
          ? await openElectronDesk(electron.path, options)
          : await openWebDesk(browser, options)
      desks.push(opened)
      return opened
    }
    await use({ server, crm: crmAt(server.url), desk })
    if (testInfo.status !== testInfo.expectedStatus)
      await testInfo.attach('server.log', { body: server.log(), contentType: 'text/plain' })
    for (const each of desks) await each.close()
    await server.stop()
    folder.remove()
  },
  page: async ({ cuffia }, use) => {
    await use((await cuffia.desk()).page)
  },
})
