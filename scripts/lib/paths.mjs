import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
export const inRoot = (...parts) => join(root, ...parts)

/** Where this person's Cuffia keeps its data. As root PostgreSQL runs under another account, which must get there. */
export function defaultDataDir(platform = process.platform, env = process.env, uid = process.getuid?.()) {
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Cuffia')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Cuffia')
  if (uid === 0) return '/var/lib/cuffia'
  return join(env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'cuffia')
}
