import { Readable } from 'node:stream'
import type { imports } from '../../../shared/crm-api/imports.ts'
import { AppError } from '../../../shared/std/errors.ts'
import type { CampaignId, ImportId } from '../../../shared/std/ids.ts'
import type { Log } from '../../../shared/std/log.ts'
import { jsonb } from '../../db/connect.ts'
import type { JobQueue } from '../../db/jobs.ts'
import type { Download, Handlers } from '../../http/handlers.ts'
import { signedIn } from '../../http/handlers.ts'
import type { AuditLog } from '../audit/rules.ts'
import { askedBy } from '../audit/rules.ts'
import { load } from './load.ts'
import type { LoadPorts } from './load.ts'
import { preview } from './preview.ts'
import type { Db } from './repository.ts'
import {
  contactsByNumber,
  findImport,
  findJob,
  listJobs,
  lockImport,
  notLoaded,
  takeBack,
} from './repository.ts'
import { csvLine, mappingProblem, reasonOf } from './rules.ts'
import { dateOf } from './today.ts'

export interface ImportPorts extends LoadPorts {
  audit: AuditLog
  log: Log
  /** Makes the queue that hands over the ids of imports, one at a time. */
  queue: (work: (id: string) => Promise<void>) => JobQueue
  /** Records of a running campaign were loaded. */
  recordsChanged(): Promise<void>
}

export interface ImportsModule {
  routes: Handlers<typeof imports>
  /** Goes on with what a stopped or killed server left, and throws away files nobody has started. */
  start(): Promise<void>
  stop(): Promise<void>
}

const shownRejects = 1_000
const forgottenAfter = 24 * 60 * 60_000

export function importsModule(ports: ImportPorts): ImportsModule {
  const { db, clock, makeId, files, audit } = ports
  let stopping = false
  const queue = ports.queue(async (id) => {
    await load(ports, id as ImportId, () => stopping)
    await ports.recordsChanged()
  })

  const known = async (numbers: readonly string[]) => new Set((await contactsByNumber(db, numbers)).keys())

  const routes: Handlers<typeof imports> = {
    upload: async ({ query }, context) => {
      if (context.upload === null) throw new AppError('invalid-input', 'there is no file')
      const id = makeId() as ImportId
      const fileName = query.fileName.split(/[\\/]/).at(-1) || 'file'
      const bytes = await files.store(id, context.upload)
      try {
        const today = dateOf(context.now)
        const result = await preview(files, known, {
          id,
          fileName,
          bytes,
          format: null,
          mapping: null,
          today,
        })
        await db
          .insertInto('imports')
          .values({
            id,
            file_name: fileName,
            bytes,
            format: jsonb(result.format),
            mapping: jsonb(result.mapping),
            headers: jsonb(result.headers),
            row_count: result.rowCount,
            state: 'uploaded',
            started_by: signedIn(context).id,
            campaign_id: null,
            created_at: context.now,
            finished_at: null,
            failure: null,
          })
          .execute()
        return result
      } catch (error) {
        await files.remove(id)
        throw error
      }
    },

    preview: async ({ params, body }, context) => {
      const row = await findImport(db, params.id as ImportId)
      if (row.state !== 'uploaded') throw new AppError('not-in-this-state', 'the import was started')
      const { id, file_name: fileName, bytes } = row
      return preview(files, known, { id, fileName, bytes, ...body, today: dateOf(context.now) })
    },

    start: async ({ params, body }, context) => {
      const id = params.id as ImportId
      const problem = mappingProblem(body.mapping)
      if (problem !== null) throw new AppError('invalid-input', problem, { details: { problem } })
      const row = await findImport(db, id)
      // Read again: the separator or the header may have been corrected since the upload.
      const today = dateOf(context.now)
      const wish = {
        id,
        fileName: row.file_name,
        bytes: row.bytes,
        format: body.format,
        mapping: body.mapping,
        today,
      }
      if (row.state === 'uploaded') {
        const { headers, rowCount } = await preview(files, known, wish)
        await db.transaction().execute(async (tx) => {
          const locked = await lockImport(tx, id)
          if (locked.state !== 'uploaded') return
          await refuseClosed(tx, body.campaign)
          await tx
            .updateTable('imports')
            .set({
              state: 'waiting',
              format: jsonb(body.format),
              mapping: jsonb(body.mapping),
              headers: jsonb(headers),
              row_count: rowCount,
              campaign_id: body.campaign,
              started_by: signedIn(context).id,
              created_at: context.now,
            })
            .where('id', '=', id)
            .execute()
          const details = { file: row.file_name, rows: rowCount, campaign: body.campaign }
          await audit.add(tx, { ...askedBy(context), action: 'import.started', subject: id, details })
          await queue.send(tx, id)
        })
        queue.nudge()
      }
      return findJob(db, id)
    },

    list: () => listJobs(db, null),
    get: ({ params }) => findJob(db, params.id as ImportId),

    rejected: async ({ params }) => {
      const rows = await notLoaded(db, params.id as ImportId, 0, shownRejects)
      return rows.map((row) => ({
        line: row.line,
        verdict: row.verdict === 'duplicate' ? 'duplicate' : 'reject',
        cells: row.cells ?? [],
        problems: row.problems ?? [],
      }))
    },

    rejectedFile: async ({ params }): Promise<Download> => {
      const row = await findImport(db, params.id as ImportId)
      return {
        fileName: `${row.file_name.replace(/\.\w{1,5}$/, '')}-scarti.csv`,
        contentType: 'text/csv; charset=utf-8',
        body: Readable.from(rejectedLines(db, row.id, row.headers)),
      }
    },

    undo: async ({ params }, context) => {
      const id = params.id as ImportId
      await db.transaction().execute(async (tx) => {
        const row = await lockImport(tx, id)
        if (row.state === 'undone') return
        if (row.state !== 'done' && row.state !== 'failed') {
          throw new AppError('not-in-this-state', 'the import is not over')
        }
        await takeBack(tx, id)
        await tx.updateTable('imports').set({ state: 'undone' }).where('id', '=', id).execute()
        const details = { file: row.file_name }
        await audit.add(tx, { ...askedBy(context), action: 'import.undone', subject: id, details })
      })
      await files.remove(id)
      return findJob(db, id)
    },
  }

  return {
    routes,
    start: async () => {
      const rows = await db
        .selectFrom('imports')
        .select(['id', 'state', 'created_at'])
        .where('state', 'in', ['uploaded', 'waiting', 'running'])
        .execute()
      for (const { id, state, created_at } of rows) {
        if (state !== 'uploaded') await db.transaction().execute((tx) => queue.send(tx, id))
        else if (created_at < clock.now() - forgottenAfter) {
          await files.remove(id)
          await db.deleteFrom('imports').where('id', '=', id).where('state', '=', 'uploaded').execute()
        }
      }
      queue.nudge()
    },
    stop: () => {
      stopping = true
      return queue.stop()
    },
  }
}

async function refuseClosed(tx: Db, campaign: CampaignId | null): Promise<void> {
  if (campaign === null) return
  const row = await tx.selectFrom('campaigns').select('state').where('id', '=', campaign).executeTakeFirst()
  if (!row) throw new AppError('not-found', 'no such campaign')
  if (row.state === 'closed') throw new AppError('not-in-this-state', 'the campaign is closed')
}

/** With a byte order mark, so that spreadsheets read it as UTF-8. */
async function* rejectedLines(db: Db, id: ImportId, headers: readonly string[]): AsyncGenerator<string> {
  yield `\uFEFF${csvLine([...headers, 'Motivo'])}`
  let after = 0
  for (;;) {
    const rows = await notLoaded(db, id, after, 1_000)
    if (rows.length === 0) return
    for (const row of rows) {
      const cells = headers.map((_, column) => row.cells?.[column] ?? '')
      const more = row.cells?.slice(headers.length) ?? []
      yield csvLine([...cells, ...more, reasonOf(row.problems ?? [])])
    }
    after = rows.at(-1)?.line ?? after
  }
}
