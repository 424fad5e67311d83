import { ensureElectronBundle, ensurePage } from '../../../scripts/lib/builds.mjs'

/** Before all specs: the page and Electron's bundle are those of the sources. */
export default async function build() {
  await ensurePage()
  await ensureElectronBundle()
}
