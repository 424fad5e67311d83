import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where programs keep their data on each system (XDG base directory specification on Linux). */
export function defaultDataFolder(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): string {
  if (platform === 'win32') return join(environment['LOCALAPPDATA'] ?? homedir(), 'Cuffia')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Cuffia')
  return join(environment['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'cuffia')
}

export const storeFile = (dataFolder: string) => join(dataFolder, 'desktop.sqlite')
