import { join } from 'node:path'
import { tmpdir } from 'node:os'
import type { Logger } from 'pino'
import { emitter } from '../../shared/std/event.ts'
import { jobQueue } from '../db/jobs.ts'
import type { AuditLog } from '../modules/audit/rules.ts'
import { keyFile, type KeyRing, readKeys } from '../modules/recordings/keys.ts'
import { recordingsModule, type RecordingsModule } from '../modules/recordings/routes.ts'
import type { SwitchRecordings } from '../modules/recordings/rules.ts'
import type { AppDeps } from './app.ts'
import type { ServerOptions } from './options.ts'

/** Where sounds of calls are kept, and the keys they are kept under. */
export interface RecordingSettings {
  folder: string
  keys: KeyRing
  days: number
}

/** Throws an Error for whoever gave the key. */
export async function recordingSettings(
  { dataDir, recordings: { dir, keys, days } }: Pick<ServerOptions, 'dataDir' | 'recordings'>,
  randomBytes: (count: number) => Uint8Array,
  log: Logger,
): Promise<RecordingSettings | null> {
  const folder = dir ?? (dataDir === null ? null : join(dataDir, 'recordings'))
  if (folder === null) {
    log.warn('there is no folder for recordings (--recordings-dir): no call is recorded')
    return null
  }
  const ring =
    keys === null ? await keyFile(join(dataDir ?? folder, 'recording.key'), randomBytes) : readKeys(keys)
  return { folder, keys: ring, days }
}

/** `calls` records, this keeps: without settings nothing new is recorded, and nothing can be heard. */
export function buildRecordings(
  deps: Pick<
    AppDeps,
    'db' | 'clock' | 'makeId' | 'randomBytes' | 'log' | 'databaseUrl' | 'pbx' | 'recordings'
  > & { audit: AuditLog },
): RecordingsModule {
  const { recordings: settings, pbx } = deps
  const telephony = pbx?.telephony ?? null
  const source: SwitchRecordings | null = telephony && {
    stop: (id) => telephony.stopRecording(id),
    fetch: (id) => telephony.fetchRecording(id),
    remove: (id) => telephony.deleteRecording(id),
  }
  const never = emitter<void>().event
  return recordingsModule({
    ...deps,
    source: settings === null ? null : source,
    sourceBack: telephony
      ? (listener) => telephony.events(({ type }) => void (type === 'link-up' && listener()))
      : never,
    folder: settings?.folder ?? join(tmpdir(), 'cuffia-server', 'recordings'),
    keys: settings?.keys ?? null,
    days: settings?.days ?? 0,
    queue: (work) => jobQueue(deps.databaseUrl, 'recordings', work, deps.log),
  })
}
