// `npm run dev`: like npm start, with page, server and client rebuilt or restarted when their files change. The page is
// built, not served by Vite: so it runs under the same origin and the same strict Content-Security-Policy as shipped.
import { spawn } from 'node:child_process'
import { launch } from './lib/launch.mjs'
import { runMain } from './lib/node24.mjs'
import { readOptions } from './lib/options.mjs'
import { inRoot, root } from './lib/paths.mjs'

await runMain(async () => {
  const options = readOptions(process.argv.slice(2), process.env)
  const vite = inRoot('node_modules', 'vite', 'bin', 'vite.js')
  const args = [vite, 'build', '--watch', '--logLevel', 'warn', '--no-emptyOutDir']
  const page = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
  try {
    return await launch({ ...options, watch: true }, process.env)
  } finally {
    page.kill('SIGTERM')
  }
})
process.exit()
