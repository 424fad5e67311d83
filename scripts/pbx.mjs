// `npm run pbx`: an Asterisk for development, with a carrier and callers behind it; `status`, `stop`, `logs`.
import { runMain } from './lib/node24.mjs'

await runMain(async () => {
  const { pbxCommand } = await import('./lib/pbx/command.mjs')
  return pbxCommand(process.argv.slice(2), process.env)
})
