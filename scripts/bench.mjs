// `npm run bench:NAME`: builds what is not built, finds Chromium, and runs bench/NAME.ts, which prints its table.
import { pathToFileURL } from 'node:url'
import { ensurePage } from './lib/builds.mjs'
import { ensureChromium } from './lib/chromium.mjs'
import { runMain } from './lib/node24.mjs'
import { Problem } from './lib/packages.mjs'
import { inRoot } from './lib/paths.mjs'

await runMain(async () => {
  const name = process.argv[2] ?? ''
  const chromium = await ensureChromium(process.env)
  if (chromium === undefined) throw new Problem('no Chromium was found or could be installed (CHROMIUM_PATH)')
  await ensurePage()
  const { default: bench } = await import(pathToFileURL(inRoot('bench', `${name}.ts`)).href)
  await bench({ chromium })
  return 0
})
// Browsers and children that were let go of must not keep us.
process.exit()
