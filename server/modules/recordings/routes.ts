import { mkdir } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { recordings } from '../../../shared/crm-api/recordings.ts'
import { AppError } from '../../../shared/std/errors.ts'
import type { Event } from '../../../shared/std/event.ts'
import type { AttemptId, ListeningId, MakeId, RecordingId, UserId } from '../../../shared/std/ids.ts'
import type { JobQueue } from '../../db/jobs.ts'
import type { Download, Handlers, RequestContext } from '../../http/handlers.ts'
import { signedIn } from '../../http/handlers.ts'
import { askedBy } from '../audit/rules.ts'
import { recordingBook } from './book.ts'
import { type KeeperPorts, recordingKeeper, removeHalves } from './keeper.ts'
import { findRecording, listRecordings, overdue } from './repository.ts'
import type { RunningCalls } from './rules.ts'
import { rangeOf } from './rules.ts'

export interface RecordingPorts extends KeeperPorts {
  makeId: MakeId
  /** The switch is back, or here for the first time. */
  sourceBack: Event<void>
  /** Days that a sound is kept. */
  days: number
  /** Makes the queue that hands over the ids of recordings whose time is over. */
  queue: (work: (id: string) => Promise<void>) => JobQueue
}

export interface RecordingsModule {
  routes: (calls: RunningCalls | null) => Handlers<typeof recordings>
  book: ReturnType<typeof recordingBook>
  start(): Promise<void>
  stop(): Promise<void>
  idle(): Promise<void>
}

/** Nobody listens to one recording for longer without beginning anew. */
const listeningMs = 12 * 60 * 60_000
const sweepEvery = 60 * 60_000
const dayMs = 24 * 60 * 60_000

/** Who asks reaches the recordings of this operator alone; null: all. */
const reachOf = (context: RequestContext): UserId | null => {
  const { id, role } = signedIn(context)
  return role === 'operator' ? id : null
}

export function recordingsModule(ports: RecordingPorts): RecordingsModule {
  const { db, clock, log, days, makeId } = ports
  const keeper = recordingKeeper(ports)
  const queue = ports.queue(async (id) => {
    const entry = { at: clock.now(), username: null, address: '', details: { why: 'retention', days } }
    await keeper.erase(id as RecordingId, entry)
  })
  let stopSweep = () => {}
  let sweeping: Promise<void> = Promise.resolve()
  let unsubscribe = () => {}

  async function sweep(): Promise<void> {
    const ids = await overdue(db, clock.now() - days * dayMs)
    for (const id of ids) await db.transaction().execute((tx) => queue.send(tx, id))
    if (ids.length > 0) queue.nudge()
  }
  function sweepNow(): void {
    sweeping = sweep().catch((error: unknown) => {
      log.error({ err: error }, 'recordings whose time is over could not be looked up')
    })
    stopSweep = clock.after(sweepEvery, sweepNow)
  }

  const notNow = (state: string) =>
    new AppError('not-in-this-state', `this recording is ${state}`, { details: { state } })

  return {
    book: recordingBook(db, keeper.look),
    routes: (calls) => ({
      list: async ({ query }, context) => {
        const { limit } = query
        const wish = { ...query, operator: reachOf(context) }
        const { items, total } = await listRecordings(db, wish, days)
        const page = items.slice(0, limit)
        return { items: page, next: items.length > limit ? (page.at(-1)?.id ?? null) : null, total }
      },

      get: async ({ params }, context) =>
        (await findRecording(db, params.id as RecordingId, reachOf(context), days)).details,

      listen: async ({ params }, context) => {
        const recording = params.id as RecordingId
        const { details, sound } = await findRecording(db, recording, reachOf(context), days)
        if (sound === null) throw notNow(details.state)
        const id = makeId() as ListeningId
        await db.transaction().execute(async (tx) => {
          await tx
            .insertInto('recording_listenings')
            .values({ id, recording_id: recording, user_id: signedIn(context).id, at: context.now })
            .execute()
          const about = { attempt: details.attempt, campaign: details.campaign.id, listening: id }
          const entry = { ...askedBy(context), subject: recording, details: about }
          await ports.audit.add(tx, { ...entry, action: 'recording.listened' })
        })
        return { listening: id }
      },

      audio: async ({ params, query }, context): Promise<Download> => {
        const id = params.id as RecordingId
        const { details, sound } = await findRecording(db, id, reachOf(context), days)
        if (sound === null) throw notNow(details.state)
        const listening = await db
          .selectFrom('recording_listenings')
          .select('id')
          .where('id', '=', query.listening)
          .where('recording_id', '=', id)
          .where('user_id', '=', signedIn(context).id)
          .where('at', '>', context.now - listeningMs)
          .executeTakeFirst()
        if (!listening) throw new AppError('not-allowed', 'this listening was not begun, or is long over')
        const range = rangeOf(context.range, sound.bytes)
        if (range === null) throw new AppError('invalid-input', 'the sound has no such part')
        const part = range === 'whole' ? { from: 0, to: sound.bytes - 1 } : range
        return {
          fileName: `${id}.wav`,
          contentType: 'audio/wav',
          body: Readable.from(keeper.read(sound, part)),
          length: part.to - part.from + 1,
          ...(range !== 'whole' && { part: { ...part, of: sound.bytes } }),
        }
      },

      remove: async ({ params }, context) => {
        const id = params.id as RecordingId
        const { details } = await findRecording(db, id, reachOf(context), days)
        if (details.state === 'deleted') return {}
        const isErased = await keeper.erase(id, { ...askedBy(context), details: { why: 'by-hand' } })
        if (!isErased) throw notNow(details.state)
        return {}
      },

      sensitive: async ({ params, body }, context) => {
        await calls?.sensitive(signedIn(context).id, params.id as AttemptId, body.on)
        return {}
      },
    }),
    start: async () => {
      await mkdir(ports.folder, { recursive: true, mode: 0o700 })
      await removeHalves(ports.folder)
      unsubscribe = ports.sourceBack(keeper.lookAll)
      keeper.lookAll()
      sweepNow()
    },
    stop: async () => {
      unsubscribe()
      stopSweep()
      await sweeping
      await keeper.stop()
      await queue.stop()
    },
    idle: async () => {
      await sweeping
      await keeper.idle()
    },
  }
}
