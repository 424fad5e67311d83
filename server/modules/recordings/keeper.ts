import { createHash } from 'node:crypto'
import { mkdir, open, readdir, rename, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type { Clock } from '../../../shared/std/clock.ts'
import { AppError } from '../../../shared/std/errors.ts'
import type { RecordingId } from '../../../shared/std/ids.ts'
import type { Log } from '../../../shared/std/log.ts'
import { jsonb } from '../../db/connect.ts'
import type { Database } from '../../db/schema.ts'
import type { AuditDraft, AuditLog } from '../audit/rules.ts'
import type { KeyRing } from './keys.ts'
import type { SwitchRecordings } from './rules.ts'
import { sealed, unsealed } from './sealed-file.ts'
import { beginningOf, measureWave } from './wave.ts'

export interface KeeperPorts {
  db: Kysely<Database>
  /** Null where this server has no switch: what was stored can still be heard. */
  source: SwitchRecordings | null
  folder: string
  /** Null where nothing is kept. */
  keys: KeyRing | null
  randomBytes: (count: number) => Uint8Array
  audit: AuditLog
  clock: Clock
  log: Log
}

export interface Keeper {
  /** An ended recording waits on the switch: it is fetched, after those before it. */
  look(id: RecordingId): void
  /** Everything that is unfinished: of a server that starts, and whenever the switch is back. */
  lookAll(): void
  /** The plain bytes of a stored one. Throws `internal` where the file is not what was written. */
  read(
    row: { id: RecordingId; bytes: number; key_id: string; salt: Buffer },
    part: { from: number; to: number },
  ): AsyncGenerator<Buffer>
  /** For good: the sound, and what the row says of it. False where there was nothing to delete. */
  erase(id: RecordingId, entry: Omit<AuditDraft, 'subject' | 'action'>): Promise<boolean>
  stop(): Promise<void>
  idle(): Promise<void>
}

/** The switch was reached and something else failed, a full disk for example. */
const retryAfter = 60_000
/** A recording that was just stopped is whole within milliseconds. */
const settleTries = 50
const settleMs = 20
const lostCodes = new Set<string>(['not-found', 'file-unreadable'])

const gone = (error: unknown) => {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
}

/**
 * Brings sounds from the switch to the disk, encrypted, and takes them away again. Each step is written down before the
 * next: whoever is killed in between begins anew where it was, and the switch's copy goes last.
 */
export function recordingKeeper(ports: KeeperPorts): Keeper {
  const { db, source, folder, keys, clock, log } = ports
  const waiting = new Set<RecordingId>()
  let work: Promise<void> | null = null
  let isStopped = false
  let stopRetry = () => {}
  const fileOf = (id: RecordingId, ending = 'sealed') =>
    join(folder, `${id.replaceAll(/[^\w-]/g, '_')}.${ending}`)

  async function syncFolder(): Promise<void> {
    // Windows keeps names safe by itself and lets nobody open a folder.
    if (process.platform === 'win32') return
    const handle = await open(folder, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  }

  /** Writes all or nothing. */
  async function write(
    id: RecordingId,
    sound: AsyncIterable<Buffer>,
    { key }: KeyRing['current'],
    salt: Buffer,
  ) {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const hash = createHash('sha256')
    const meter = measureWave()
    let bytes = 0
    async function* measured(): AsyncGenerator<Buffer> {
      for await (const part of sound) {
        hash.update(part)
        meter.push(part)
        bytes += part.length
        yield part
      }
    }
    const half = fileOf(id, 'part')
    const file = await open(half, 'w', 0o600)
    try {
      const seal = { key, salt, name: id }
      for await (const piece of sealed(measured(), seal)) await file.writeFile(piece)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(half, fileOf(id))
    await syncFolder()
    return { ...meter.end(), bytes, sha256: hash.digest('hex') }
  }

  async function fetchSound(from: SwitchRecordings, id: RecordingId): Promise<Readable> {
    for (let tries = 0; (await from.stop(id)) !== 'gone' && tries < settleTries; tries++) await wait(settleMs)
    return from.fetch(id)
  }

  /** The switch has no sound of it, or nothing that anybody could hear. */
  async function lost(id: RecordingId, why: unknown): Promise<void> {
    log.error({ recording: id, err: why }, 'a recording is lost')
    await db
      .updateTable('recordings')
      .set({ state: 'missing', failure: 'lost', on_switch: false })
      .where('id', '=', id)
      .where('state', '=', 'ended')
      .execute()
  }

  /** False where there is nothing to be taken from the switch. */
  async function store(
    from: SwitchRecordings,
    id: RecordingId,
    keepMs: number | null,
    current: KeyRing['current'],
  ): Promise<boolean> {
    const salt = Buffer.from(ports.randomBytes(32))
    let made: Awaited<ReturnType<typeof write>>
    try {
      const sound = await fetchSound(from, id)
      made = await write(id, keepMs === null ? sound : beginningOf(sound, keepMs), current, salt)
    } catch (error) {
      const isLost = error instanceof AppError && lostCodes.has(error.code)
      if (!isLost) throw error
      await lost(id, error)
      return false
    }
    const { durationMs, peaks, bytes, sha256 } = made
    await db
      .updateTable('recordings')
      .set({
        state: 'stored',
        stored_at: clock.now(),
        duration_ms: durationMs,
        bytes,
        sha256,
        key_id: current.id,
        salt,
        peaks,
      })
      .where('id', '=', id)
      .where('state', '=', 'ended')
      .execute()
    return true
  }

  async function oneStep(id: RecordingId): Promise<void> {
    const row = await db
      .selectFrom('recordings')
      .select(['state', 'on_switch', 'file_left', 'keep_ms'])
      .where('id', '=', id)
      .executeTakeFirst()
    if (row?.file_left === true) await removeFile(id)
    if (source === null || keys === null || row?.on_switch !== true || row.state === 'recording') return
    if (row.state === 'ended' && !(await store(source, id, row.keep_ms, keys.current))) return
    await source.remove(id)
    await db.updateTable('recordings').set({ on_switch: false }).where('id', '=', id).execute()
  }

  async function removeFile(id: RecordingId): Promise<void> {
    for (const ending of ['sealed', 'part']) await unlink(fileOf(id, ending)).catch(gone)
    await syncFolder().catch(gone)
    await db.updateTable('recordings').set({ file_left: false }).where('id', '=', id).execute()
  }

  async function walk(): Promise<void> {
    for (const id of waiting) {
      if (isStopped) return
      waiting.delete(id)
      await oneStep(id).catch((error: unknown) => {
        const isLink = error instanceof AppError && error.code === 'line-down'
        if (isLink) return
        log.error({ err: error, recording: id }, 'a recording could not be brought home; it is tried again')
        stopRetry()
        stopRetry = clock.after(retryAfter, lookAll)
      })
    }
  }

  function go(): void {
    if (work !== null || isStopped) return
    work = walk().finally(() => {
      work = null
      if (waiting.size > 0) go()
    })
  }

  function lookAll(): void {
    if (isStopped) return
    const found = db
      .selectFrom('recordings')
      .select('id')
      .where((row) =>
        row.or([
          row('file_left', '=', true),
          row.and([row('on_switch', '=', true), row('state', '<>', 'recording')]),
        ]),
      )
      .orderBy('id')
      .execute()
    finding = found.then(
      (rows) => {
        for (const { id } of rows) waiting.add(id)
        go()
      },
      (error: unknown) => {
        log.error({ err: error }, 'unfinished recordings could not be looked up; it is tried again')
        stopRetry()
        stopRetry = clock.after(retryAfter, lookAll)
      },
    )
  }
  let finding: Promise<void> | null = null

  return {
    look: (id) => {
      waiting.add(id)
      go()
    },
    lookAll,
    read: async function* (row, { from, to }) {
      const key = keys?.find(row.key_id)
      if (key === undefined) {
        log.error({ recording: row.id, key: row.key_id }, 'the key of a recording is not there')
        throw new AppError('not-found', 'the key of this recording is not there')
      }
      yield* unsealed(fileOf(row.id), { key, salt: row.salt, name: row.id }, { bytes: row.bytes, from, to })
    },
    erase: async (id, entry) => {
      const isErased = await db.transaction().execute(async (tx) => {
        const row = await tx
          .selectFrom('recordings')
          .innerJoin('attempts', 'attempts.id', 'recordings.attempt_id')
          .select(['recordings.state', 'attempt_id', 'campaign_id', 'recordings.started_at'])
          .where('recordings.id', '=', id)
          .forUpdate('recordings')
          .executeTakeFirst()
        if (row?.state !== 'stored') return false
        const nothing = {
          stored_at: null,
          duration_ms: null,
          bytes: null,
          sha256: null,
          key_id: null,
          salt: null,
          peaks: null,
        }
        await tx
          .updateTable('recordings')
          .set({ ...nothing, state: 'deleted', marks: jsonb([]), deleted_at: entry.at, file_left: true })
          .where('id', '=', id)
          .execute()
        await tx.deleteFrom('recording_listenings').where('recording_id', '=', id).execute()
        const about = { attempt: row.attempt_id, campaign: row.campaign_id, recordedAt: row.started_at }
        const details = { ...about, ...entry.details }
        await ports.audit.add(tx, { ...entry, action: 'recording.deleted', subject: id, details })
        return true
      })
      if (isErased) await removeFile(id)
      return isErased
    },
    stop: async () => {
      isStopped = true
      stopRetry()
      await finding
      await work
    },
    idle: async () => {
      await finding
      // One walk may be followed by another.
      for (let walking = work; walking !== null; walking = work) await walking
    },
  }
}

/** What a server that was killed left half written: it is fetched again. */
export async function removeHalves(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: unknown) => {
    gone(error)
    return []
  })
  for (const name of names) if (name.endsWith('.part')) await unlink(join(folder, name)).catch(gone)
}
