import type { FastifyInstance } from 'fastify'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { Event } from '../../shared/std/event.ts'
import { crmApi } from '../../shared/crm-api/index.ts'
import { jobQueue } from '../db/jobs.ts'
import { registerResource } from '../http/register.ts'
import type { Hub } from '../live/hub.ts'
import { feedBoard } from '../live/board.ts'
import { noRecords, recordCounts } from '../modules/campaigns/repository.ts'
import { insertRecords } from '../modules/campaigns/records.ts'
import { callerRetention } from '../modules/callers/retention.ts'
import { callersModule } from '../modules/callers/routes.ts'
import { boardModule } from '../modules/board/routes.ts'
import { linesModule } from '../modules/lines/routes.ts'
import { phoneModule } from '../modules/phone/routes.ts'
import { importFiles } from '../modules/imports/files.ts'
import type { LoadPorts } from '../modules/imports/load.ts'
import { importsModule } from '../modules/imports/routes.ts'
import type { AuditLog } from '../modules/audit/rules.ts'
import { campaignsModule } from '../modules/campaigns/routes.ts'
import type { ScriptExample } from '../modules/campaigns/rules.ts'
import { contactReader } from '../modules/contacts/repository.ts'
import { contactsModule } from '../modules/contacts/routes.ts'
import { seedDemo, type DemoPorts, type DemoSeed, type DemoUser } from '../modules/demo/seed.ts'
import { supervisionModule } from '../modules/supervision/routes.ts'
import { outcomesModule } from '../modules/outcomes/routes.ts'
import type { WorkModule } from '../modules/work/routes.ts'
import { workModule } from '../modules/work/routes.ts'
import type { AppDeps } from './app.ts'
import { buildLines } from './lines.ts'
import { buildRecordings } from './recordings.ts'

export interface Floor {
  /** Resolves once nothing is under way that a request, a stream or the clock has set going. */
  idle(): Promise<void>
  seedDemo(users: DemoPorts['users'], wish: DemoSeed): Promise<DemoUser[]>
}

/** The call floor: contacts, campaigns, the operators' work. Registers its routes on `app` and its life with it. */
export function buildFloor(
  app: FastifyInstance,
  deps: Pick<
    AppDeps,
    | 'db'
    | 'clock'
    | 'makeId'
    | 'randomBytes'
    | 'log'
    | 'law'
    | 'importsDir'
    | 'databaseUrl'
    | 'pbx'
    | 'recordings'
    | 'callerDays'
  > & { hub: Hub; audit: AuditLog; sessionEnded: Event<string> },
): Floor {
  const { db, audit } = deps
  const recordings = buildRecordings(deps)
  const book = deps.recordings === null ? null : recordings.book
  const calls = deps.pbx && buildLines({ ...deps, pbx: deps.pbx, recordings: book }, () => work)
  const work: WorkModule = workModule({ ...deps, contacts: contactReader, phone: calls?.phone ?? null })
  const addToCampaign: LoadPorts['addToCampaign'] = (tx, wish, contacts) =>
    insertRecords(tx, { ...wish, makeId: deps.makeId, now: deps.clock.now() }, contacts)
  const imports = importsModule({
    ...deps,
    files: importFiles(deps.importsDir),
    addToCampaign,
    queue: (load) => jobQueue(deps.databaseUrl, 'imports', load, deps.log),
    recordsChanged: work.recordsChanged,
  })
  const retention = callerRetention({ ...deps, days: deps.callerDays })
  const board = boardModule({ ...deps, recordCounts, noRecords, hearing: calls?.supervision ?? null })
  const feed = feedBoard({
    ...deps,
    read: board.read,
    changed: anyOf(work.changed, calls?.supervision.changed),
  })

  registerResource(app, 'contacts', crmApi.contacts, contactsModule({ db }))
  const outcomes = outcomesModule({ db, audit })
  const campaigns = campaignsModule({ ...deps, scriptExamples, work })
  registerResource(app, 'outcomes', crmApi.outcomes, outcomes)
  registerResource(app, 'campaigns', crmApi.campaigns, campaigns)
  registerResource(app, 'imports', crmApi.imports, imports.routes)
  registerResource(app, 'work', crmApi.work, work.routes)
  registerResource(app, 'callers', crmApi.callers, callersModule({ db, byHand: work.byHand }))
  registerResource(app, 'board', crmApi.board, board.routes)
  registerResource(app, 'phone', crmApi.phone, phoneModule({ db, audit, accounts: calls?.accounts ?? null }))
  registerResource(app, 'lines', crmApi.lines, linesModule({ legs: calls?.lines ?? null }))
  registerResource(app, 'recordings', crmApi.recordings, recordings.routes(calls?.recordings ?? null))
  const listenings = calls?.supervision ?? null
  registerResource(app, 'supervision', crmApi.supervision, supervisionModule({ listenings }))
  app.addHook('onReady', async () => {
    await recordings.start()
    await calls?.start()
    await work.start()
    await imports.start()
    retention.start()
  })
  app.addHook('onClose', async () => {
    await retention.stop()
    await imports.stop()
    await feed.stop()
    await calls?.stop()
    await recordings.stop()
    await work.stop()
  })
  return {
    idle: async () => {
      // A step of a call may set work going, and work a call.
      const underWay = () => [...(calls?.underWay() ?? [])]
      await work.idle()
      for (let tasks = underWay(); tasks.length > 0; tasks = underWay()) {
        await Promise.all(tasks)
        await work.idle()
      }
      await recordings.idle()
      await retention.idle()
      await feed.idle()
    },
    seedDemo: (users, wish) =>
      seedDemo(
        { ...deps, users, outcomes, imports: imports.routes, campaigns, contacts: demoContacts },
        wish,
      ),
  }
}

/** Whichever of them happens. */
const anyOf =
  (...events: readonly (Event<unknown> | undefined)[]): Event<unknown> =>
  (listener) => {
    const stops = events.map((event) => event?.(listener))
    return () => {
      for (const stop of stops) stop?.()
    }
  }

const demoFile = (name: string) => new URL(`../../resources/demo/${name}`, import.meta.url)

const demoLists = { simulated: 'contatti-napoli.csv', real: 'contatti-chiamate-vere.csv' } as const

const demoContacts: DemoPorts['contacts'] = (kind) => {
  const fileName = demoLists[kind]
  return { fileName, content: createReadStream(demoFile(fileName)) }
}

const examples = [
  { name: 'Fibra Primavera', language: 'it', file: 'fibra-primavera.json' },
  { name: 'Spring Fibre', language: 'en', file: 'spring-fibre.json' },
] as const

function scriptExamples(): Promise<ScriptExample[]> {
  return Promise.all(
    examples.map(async ({ name, language, file }) => ({
      name,
      language,
      document: await readFile(demoFile(file), 'utf8'),
    })),
  )
}
