import { createHash, randomBytes } from 'node:crypto'
import { chownSync, existsSync, lstatSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Account, privateFolder } from './embedded-account.ts'
import { databaseError } from './embedded-problem.ts'

/** How PostgreSQL is reached: a socket in a private folder, or (Windows) loopback with a random password. */
export type Transport = 'socket' | 'loopback'

export interface Endpoint {
  transport: Transport
  settings: Record<string, string>
  connectionString: string
}

export const databaseName = 'cuffia'
export const databaseUser = 'cuffia'

// sockaddr_un.sun_path holds 108 bytes on Linux and 104 on macOS, the closing zero included.
const longestSocketPath = process.platform === 'darwin' ? 103 : 107
const socketFile = '.s.PGSQL.5432'

/** The folder of the socket: in the data folder, or a short one in the system's temporary folder if that is too deep. */
export function socketFolder(folder: string): string {
  const inside = join(folder, 'socket')
  if (Buffer.byteLength(join(inside, socketFile)) <= longestSocketPath) return inside
  return join(tmpdir(), `cuffia-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`)
}

export const passwordFile = (folder: string): string => join(folder, 'password')

/** Reads the password of a loopback cluster, making it (256 random bits, mode 0600) the first time. */
export function password(folder: string, account: Account | undefined): string {
  const file = passwordFile(folder)
  if (!existsSync(file)) {
    writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 })
    if (account !== undefined) chownSync(file, account.uid, account.gid)
  }
  return readFileSync(file, 'utf8')
}

export function socketEndpoint(folder: string, account: Account | undefined): Endpoint {
  const directory = socketFolder(folder)
  const found = lstatSync(directory, { throwIfNoEntry: false })
  const mine = account?.uid ?? process.getuid?.()
  if (
    found !== undefined &&
    (!found.isDirectory() || (found.uid !== mine && found.uid !== process.getuid?.()))
  ) {
    throw databaseError('folder-not-writable', `${directory} belongs to someone else: remove it`)
  }
  privateFolder(directory, account)
  return {
    transport: 'socket',
    settings: {
      listen_addresses: '',
      port: '5432',
      unix_socket_directories: `"${directory.replaceAll('"', '""')}"`,
      unix_socket_permissions: '0700',
    },
    connectionString: `postgresql://${databaseUser}@localhost/${databaseName}?host=${encodeURIComponent(directory)}`,
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

export async function loopbackEndpoint(
  folder: string,
  account: Account | undefined,
  port?: number,
): Promise<Endpoint> {
  const chosen = port ?? (await freePort())
  const secret = password(folder, account)
  return {
    transport: 'loopback',
    settings: { listen_addresses: '127.0.0.1', port: String(chosen), unix_socket_directories: '' },
    connectionString: `postgresql://${databaseUser}:${secret}@127.0.0.1:${chosen}/${databaseName}`,
  }
}
