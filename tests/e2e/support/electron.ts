import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

const programs: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
}
const root = resolve(import.meta.dirname, '../../..')

/** The Electron runtime to test with, or why there is none. */
export function findElectron(
  env: NodeJS.ProcessEnv,
): { path: string; why?: undefined } | { path?: undefined; why: string } {
  const folder = env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(root, 'node_modules/electron/dist')
  const path = env['CUFFIA_ELECTRON'] ?? join(folder, programs[process.platform] ?? 'electron')
  if (!existsSync(path)) return { why: `there is no Electron runtime at ${path} (CUFFIA_ELECTRON names one)` }
  if (process.platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY'])
    return { why: 'there is no display for Electron (xvfb-run gives one)' }
  return { path }
}
