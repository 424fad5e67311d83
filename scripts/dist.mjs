// Packs the desktop program for this system; arguments go to electron-builder (for example --dir, --linux deb).
import { run } from './lib/builds.mjs'
import { runMain } from './lib/node24.mjs'
import { inRoot } from './lib/paths.mjs'

await runMain(async () => {
  const built = await run(process.execPath, [inRoot('scripts', 'build.mjs')])
  if (built !== 0) return built
  const builder = inRoot('node_modules', 'electron-builder', 'cli.js')
  return run(process.execPath, [builder, '--publish', 'never', ...process.argv.slice(2)])
})
