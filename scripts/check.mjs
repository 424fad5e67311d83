// `npm run check`: types, format, lint and the import table, in seconds.
import { runMain } from './lib/node24.mjs'
import { checks, importTable, runSteps } from './lib/steps.mjs'

await runMain(async () => {
  const { failed } = await runSteps([...checks, importTable])
  return failed === 0 ? 0 : 1
})
