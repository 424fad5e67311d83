// `npm run check`: types, format, lint and the import table, in seconds.
import { runMain } from './lib/node24.mjs'
import { checks, importTable, runSteps } from './lib/steps.mjs'

await runMain(async () => {
  const { failures } = await runSteps([...checks, importTable])
  return failures.length === 0 ? 0 : 1
})
