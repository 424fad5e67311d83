// Runs a file on the packaged Node 24: `node scripts/node24.mjs FILE arguments…`. Itself it runs on Node 20.
import { runMain, runOnNode24 } from './lib/node24.mjs'
import { Problem } from './lib/packages.mjs'

await runMain(() => {
  const [file, ...args] = process.argv.slice(2)
  if (file === undefined) throw new Problem('usage: node scripts/node24.mjs FILE arguments…')
  return runOnNode24(file, args)
})
