// Builds all that is shipped: the page, Electron's two bundles, the server in one file.
import { existsSync } from 'node:fs'
import { bundleElectron, bundleServer, ensurePage } from './lib/builds.mjs'
import { runMain } from './lib/node24.mjs'
import { inRoot } from './lib/paths.mjs'

await runMain(async () => {
  if (!(await ensurePage())) console.log('dist/renderer is up to date')
  await bundleElectron()
  await bundleServer()
  const made = [
    'dist/renderer/index.html',
    'dist/electron/main.cjs',
    'dist/electron/preload.cjs',
    'dist/server/main.mjs',
  ]
  const missing = made.filter((path) => !existsSync(inRoot(path)))
  console.log(missing.length === 0 ? `Built ${made.join(', ')}` : `Missing: ${missing.join(', ')}`)
  return missing.length === 0 ? 0 : 1
})
