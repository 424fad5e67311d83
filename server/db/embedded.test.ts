import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type EmbeddedDatabase, type EmbeddedOptions, startEmbedded } from './embedded.ts'
import { outputError } from './embedded-problem.ts'

let dataDir = ''
let started: EmbeddedDatabase[] = []
const log = { info: () => undefined, warn: () => undefined }

const clusterFolder = (): string => join(dataDir, 'postgres', 'cluster')

async function start(more: Partial<EmbeddedOptions> = {}): Promise<EmbeddedDatabase> {
  const database = await startEmbedded({ dataDir, log, durable: false, ...more })
  started.push(database)
  return database
}

async function stop(database: EmbeddedDatabase): Promise<void> {
  started = started.filter((other) => other !== database)
  await database.stop()
}

async function query(database: EmbeddedDatabase, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: database.connectionString })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}

const isAlive = (pid: number): boolean =>
  existsSync(`/proc/${pid}/cmdline`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== ''

/** Another process that starts the database on the same folder and says so, then waits. */
async function otherProcess(): Promise<{ kill(): Promise<void>; leave(how?: string): Promise<void> }> {
  const script = `
    import { startEmbedded } from ${JSON.stringify(join(import.meta.dirname, 'embedded.ts'))}
    const log = { info() {}, warn() {} }
    const database = await startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, log, durable: false })
    process.send('ready')
    process.on('message', (what) => {
      if (what === 'stop and leave') void database.stop()
      setImmediate(() => process.exit(0))
    })`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  await once(child, 'message')
  const end = async (how: () => void): Promise<void> => {
    const gone = once(child, 'exit')
    how()
    await gone
  }
  return {
    kill: () => end(() => child.kill('SIGKILL')),
    leave: (how = 'leave') => end(() => child.send(how)),
  }
}

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'cuffia-embedded-'))
})

afterEach(async () => {
  await Promise.all(started.map((database) => database.stop()))
  started = []
  rmSync(dataDir, { recursive: true, force: true })
})

describe('the packaged PostgreSQL', () => {
  test('makes a UTF-8 cluster once, answers, and keeps what was written over a restart', async () => {
    const first = await start({ durable: true })
    await query(first, "create table kept as select lower('È') as letter")
    expect(await query(first, 'show server_encoding')).toEqual([{ server_encoding: 'UTF8' }])
    expect(await query(first, 'show fsync')).toEqual([{ fsync: 'on' }])
    await stop(first)
    const second = await start()
    expect(await query(second, 'select letter from kept')).toEqual([{ letter: 'è' }])
  })

  test('stops with its sessions cut and no process left', async () => {
    const database = await start()
    const client = new Client({ connectionString: database.connectionString })
    client.on('error', () => undefined)
    await client.connect()
    await stop(database)
    expect(isAlive(database.pid)).toBe(false)
    expect(existsSync(join(clusterFolder(), 'postmaster.pid'))).toBe(false)
  })

  test.runIf(process.platform !== 'win32')(
    'listens on a socket in a private folder and on no port',
    async () => {
      const database = await start()
      expect(await query(database, 'show listen_addresses')).toEqual([{ listen_addresses: '' }])
      expect(await query(database, 'show unix_socket_directories')).toEqual([
        { unix_socket_directories: `"${join(dataDir, 'postgres', 'socket')}"` },
      ])
    },
  )

  test('asks for its random password where it has to listen on loopback', async () => {
    const database = await start({ transport: 'loopback' })
    expect(await query(database, 'select 1 as one')).toEqual([{ one: 1 }])
    const wrong = new Client({
      connectionString: database.connectionString.replace(/:[0-9a-f]{64}@/, ':guess@'),
    })
    await expect(wrong.connect()).rejects.toMatchObject({ code: '28P01' })
  })

  test('finds a short socket folder when the data folder is too deep for a socket', async () => {
    chmodSync(dataDir, 0o711)
    const database = await start({ dataDir: join(dataDir, 'a'.repeat(100)) })
    expect(await query(database, 'select 1 as one')).toEqual([{ one: 1 }])
    const socket = new URL(database.connectionString).searchParams.get('host') ?? ''
    expect(socket.startsWith(join(tmpdir(), 'cuffia-'))).toBe(true)
    await stop(database)
    rmSync(socket, { recursive: true })
  })
})

describe('after a parent was killed', () => {
  test('the database it left running is adopted, and stopped by the one who adopted it', async () => {
    const parent = await otherProcess()
    await parent.kill()
    const pid = Number(readFileSync(join(clusterFolder(), 'postmaster.pid'), 'utf8').split('\n')[0])
    expect(isAlive(pid)).toBe(true)
    const database = await start()
    expect(database).toMatchObject({ adopted: true, pid })
    expect(await query(database, 'select 1 as one')).toEqual([{ one: 1 }])
    await stop(database)
    expect(isAlive(pid)).toBe(false)
  })

  test.each(['leave', 'stop and leave'])(
    'a parent that exits leaves no database behind (%s)',
    async (how) => {
      const parent = await otherProcess()
      const pid = Number(readFileSync(join(clusterFolder(), 'postmaster.pid'), 'utf8').split('\n')[0])
      await parent.leave(how)
      await expect.poll(() => isAlive(pid), { timeout: 15_000 }).toBe(false)
    },
  )

  test('a second server on the same folder is refused while the first one lives', async () => {
    const parent = await otherProcess()
    await expect(startEmbedded({ dataDir, log, durable: false })).rejects.toMatchObject({
      code: 'internal',
      details: { problem: 'in-use' },
    })
    await parent.kill()
    expect((await start()).adopted).toBe(true)
  })

  test('a stale pid file whose number now belongs to another program is no obstacle', async () => {
    await stop(await start())
    writeFileSync(
      join(clusterFolder(), 'postmaster.pid'),
      `${process.pid}\n${clusterFolder()}\n1\n5432\n\n\n\nready\n`,
    )
    const database = await start()
    expect(database.adopted).toBe(false)
    expect(await query(database, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('PostgreSQL killed together with the server recovers what was committed', async () => {
    const first = await start({ durable: true })
    await query(first, 'create table kept as select 1 as one')
    const kept = first.pid
    process.kill(kept, 'SIGKILL')
    await expect.poll(() => first.pid !== kept && isAlive(first.pid), { timeout: 15_000 }).toBe(true)
    await expect
      .poll(() => query(first, 'select one from kept').catch(() => undefined), { timeout: 15_000 })
      .toEqual([{ one: 1 }])
  })

  test('a making that was cut short is made again', async () => {
    mkdirSync(join(dataDir, 'postgres', 'cluster.making', 'base'), { recursive: true })
    mkdirSync(join(clusterFolder(), 'base'), { recursive: true })
    const database = await start()
    expect(await query(database, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(readdirSync(join(dataDir, 'postgres'))).toContain('cluster.broken-1')
    expect(readdirSync(join(dataDir, 'postgres'))).not.toContain('cluster.making')
  })
})

describe('what cannot work is refused with the reason', () => {
  test('a cluster of another major version is left untouched', async () => {
    await stop(await start())
    writeFileSync(join(clusterFolder(), 'PG_VERSION'), '15\n')
    const refused = startEmbedded({ dataDir, log, durable: false })
    await expect(refused).rejects.toMatchObject({ details: { problem: 'other-major-version' } })
    await expect(refused).rejects.toThrow(/made by PostgreSQL 15/)
  })

  test('a folder that is a file', async () => {
    writeFileSync(join(dataDir, 'postgres'), '')
    await expect(startEmbedded({ dataDir, log })).rejects.toMatchObject({
      details: { problem: 'folder-not-writable' },
    })
  })

  test.runIf(process.getuid?.() === 0)(
    'as root, a folder that the database account cannot enter',
    async () => {
      chmodSync(dataDir, 0o700)
      const inside = join(dataDir, 'inside')
      await expect(startEmbedded({ dataDir: inside, log })).rejects.toMatchObject({
        details: { problem: 'folder-not-reachable' },
      })
    },
  )

  test('a full disk and a forbidden folder are told from what PostgreSQL prints', async () => {
    const full = outputError('/data', 'it did not start', 'FATAL: could not write: No space left on device')
    expect(full).toMatchObject({ details: { problem: 'disk-full' } })
    expect(outputError('/data', 'it did not start', 'FATAL: odd')).toMatchObject({
      details: { problem: 'start-failed' },
      message: 'it did not start\nFATAL: odd',
    })
  })
})
