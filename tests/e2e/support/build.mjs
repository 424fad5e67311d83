import { ensureElectronBundle, ensurePage } from '../../../scripts/lib/builds.mjs'
import { findElectron } from './electron.ts'

/** Before all specs: the page and Electron's bundle are those of the sources. */
export default async function build() {
  await ensurePage()
  await ensureElectronBundle()
  const { why } = findElectron(process.env)
  if (why !== undefined) console.log(`The desktop project is skipped: ${why}.`)
}
