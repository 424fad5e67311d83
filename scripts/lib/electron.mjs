import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inRoot } from './paths.mjs'

const programs = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }
const fetchSeconds = 90
const dayMs = 86_400_000

const electronIn = (folder) => join(folder, programs[process.platform] ?? 'electron')

/** An Electron that is already here: named by the environment, or fetched into its package before. */
function present(env) {
  if (env.CUFFIA_ELECTRON) return existsSync(env.CUFFIA_ELECTRON) ? env.CUFFIA_ELECTRON : undefined
  const folder = env.ELECTRON_OVERRIDE_DIST_PATH || inRoot('node_modules', 'electron', 'dist')
  const program = electronIn(folder)
  return existsSync(program) ? program : undefined
}

function fetchRuntime(dataDir, again) {
  const failure = join(dataDir, 'electron-not-fetched')
  const version = JSON.parse(readFileSync(inRoot('node_modules', 'electron', 'package.json'), 'utf8')).version
  const known = statSync(failure, { throwIfNoEntry: false })
  const recent = known !== undefined && Date.now() - known.mtimeMs < dayMs
  if (!again && recent && readFileSync(failure, 'utf8') === version) return
  console.log('Fetching the Electron runtime (about 110 MB, once)…')
  const script = inRoot('node_modules', 'electron', 'install.js')
  const result = spawnSync(process.execPath, [script], { stdio: 'ignore', timeout: fetchSeconds * 1000 })
  if (result.status === 0) return
  mkdirSync(dataDir, { recursive: true })
  writeFileSync(failure, version)
}

const hasDisplay = (env) => process.platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)

/** Decides the shell: `{ electron: path }`, or `{ electron: undefined, why }` for the browser shell. */
export function chooseShell({ shell, dataDir }, env) {
  if (shell === 'browser') return { electron: undefined, why: undefined }
  if (!hasDisplay(env)) return { electron: undefined, why: 'there is no display' }
  if (present(env) === undefined && !env.CUFFIA_ELECTRON) fetchRuntime(dataDir, shell === 'electron')
  const electron = present(env)
  return {
    electron,
    why: electron === undefined ? 'the Electron runtime is not here and could not be fetched' : undefined,
  }
}
