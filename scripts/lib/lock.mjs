import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { Problem } from './packages.mjs'

function isLauncher(pid) {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (error.code !== 'EPERM') return false
  }
  if (process.platform !== 'linux') return true
  try {
    // The number may have gone to another program after a restart of the machine.
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('start.mjs')
  } catch {
    return false
  }
}

function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/**
 * Makes the data folder and takes its lock: one instance per folder. A lock whose process is gone is taken over.
 * Returns `publish` (adds where we are) and `release`; throws Problem that says where the first instance is.
 */
export function takeLock(dataDir) {
  const file = join(dataDir, 'cuffia.lock')
  const content = { pid: process.pid }
  try {
    mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
    for (;;) {
      try {
        writeFileSync(file, JSON.stringify(content), { flag: 'wx', mode: 0o600 })
        break
      } catch (error) {
        if (error.code !== 'EEXIST') throw error
        const other = readLock(file)
        if (other !== undefined && isLauncher(other.pid)) {
          const where = other.address === undefined ? '' : ` at ${other.address}`
          throw new Problem(
            `Cuffia is already running${where} (process ${other.pid}, data in ${dataDir}). ` +
              'Stop it first, or start another one with --data-dir, --port and --server-port.',
          )
        }
        rmSync(file, { force: true })
      }
    }
  } catch (error) {
    if (error instanceof Problem) throw error
    throw new Problem(
      `the data folder ${dataDir} cannot be written (${error.code}): choose one with --data-dir`,
    )
  }
  return {
    publish(address) {
      writeFileSync(`${file}.new`, JSON.stringify({ ...content, address }), { mode: 0o600 })
      renameSync(`${file}.new`, file)
    },
    release() {
      if (readLock(file)?.pid === process.pid) rmSync(file, { force: true })
    },
  }
}

/** Throws Problem when something else listens on the port. */
export async function requireFreePort(port, option) {
  const probe = createServer()
  const error = await new Promise((resolve) => {
    probe.once('error', resolve)
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(undefined)))
  })
  if (error === undefined) return
  const why = error.code === 'EADDRINUSE' ? 'is taken by another program' : `cannot be used (${error.code})`
  throw new Problem(`port ${port} ${why}: choose another with --${option}=N`)
}
