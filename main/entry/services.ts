import { statfs } from 'node:fs/promises'
import type { Desktop } from '../../shared/contract/index.ts'
import { desktop } from '../../shared/contract/index.ts'
import { page } from '../../shared/contract/media.ts'
import type { Channel } from '../../shared/rpc/channel.ts'
import { connect } from '../../shared/rpc/client.ts'
import type { Caller, Host } from '../../shared/rpc/contract.ts'
import { serve } from '../../shared/rpc/host.ts'
import type { Clock, Random } from '../../shared/std/clock.ts'
import type { MakeId } from '../../shared/std/ids.ts'
import type { Log } from '../../shared/std/log.ts'
import { createCrmClient, routeNames } from '../crm/client.ts'
import { createFiles } from '../crm/files.ts'
import { createStream } from '../crm/stream.ts'
import { tokenHolder } from '../crm/token.ts'
import type { CtiDeps, CtiDriver } from '../cti/driver.ts'
import { createServerLine } from '../cti/drivers/server-line/server-line.ts'
import { callService } from '../services/call/call.ts'
import { crmService } from '../services/crm/crm.ts'
import { diagnosticsService } from '../services/diagnostics/diagnostics.ts'
import { operatorService } from '../services/operator/operator.ts'
import { outboxService } from '../services/outbox/outbox.ts'
import { phoneService } from '../services/phone/phone.ts'
import { sessionService } from '../services/session/session.ts'
import { settingsService } from '../services/settings/settings.ts'
import { supervisionService } from '../services/supervision/supervision.ts'
import { wallboardService } from '../services/wallboard/wallboard.ts'
import { openStore } from '../store/open.ts'
import type { BrowserStore } from './access.ts'

export interface ServicesOptions {
  /** Our CRM server: `http://host:port`. */
  serverUrl: string
  storeFile: string
  dataFolder: string
  /** The simulated line. */
  driver: (deps: CtiDeps) => CtiDriver
  /** The line of the server; tests put themselves in between. */
  serverLine?: typeof createServerLine
  clock: Clock
  random: Random
  makeId: MakeId
  log: Log
  build: string
  /** Also check what goes out to pages (tests, development). */
  checkOutput?: boolean
}

export interface Services {
  host: Host<Desktop>
  /** Answers `/files/*` in both shells. */
  files: (request: Request) => Promise<Response>
  /** Browsers that are let in, kept over a restart. */
  browsers: BrowserStore
  /** Origins of telephone gateways known so far: where a page may connect besides to its own host. */
  gateways(): readonly string[]
  /** Another program asks for a call: its number is put before the operator. */
  requestCall(number: string): void
  /** One page has come; its views and calls end with its channel. */
  serve(channel: Channel, by: Caller): void
  /** Resolves once the server was looked for, so that the first page is served with its gateway; or soon without. */
  start(): Promise<void>
  stop(): Promise<void>
}

/** A server of this machine answers in milliseconds; one that does not answer keeps no window waiting. */
const firstLookMs = 1_000

/** Builds every service once from its ports; both shells call it. Throws where the store cannot be opened. */
export function createServices(options: ServicesOptions): Services {
  const { clock, random, makeId, log } = options
  const baseUrl = options.serverUrl.replace(/\/+$/, '')
  const store = openStore(options.storeFile, clock.now())
  const token = tokenHolder()
  const crm = createCrmClient({ baseUrl, token: token.current, clock, makeId })
  const stream = createStream({ baseUrl, token: token.current, clock, random, log })
  const settings = settingsService(store.settings)
  const language = () => settings.current.current().language
  const linePorts = {
    lines: crm.calls.lines,
    stream,
    phone: () => phone,
    phoneKind: () => settings.current.current().phoneKind,
    clock,
    makeId,
    log,
  }
  const lines = {
    simulated: options.driver({ clock, random, log, language }),
    pbx: (options.serverLine ?? createServerLine)(linePorts),
  }

  const gateways = () => textsIn(store.settings.read('gateways'))
  const rememberGateway = (origin: string) => {
    if (!gateways().includes(origin)) store.settings.write('gateways', [origin, ...gateways()].slice(0, 5))
  }
  const session = sessionService({
    sessions: crm.calls.sessions,
    stream,
    token,
    signedOutByServer: crm.signedOut,
    callOpen: () => call.callOpen(),
    rememberGateway,
    clock,
    log,
  })
  const { signedIn, connection } = session
  const outbox = outboxService({
    store: store.outbox,
    work: crm.calls.work,
    signedIn,
    link: stream.link,
    language,
    clock,
    random,
    log,
  })
  const diagnostics = diagnosticsService({
    askServer: () => crm.calls.sessions.loginPage({}),
    signedIn,
    connection,
    writeDisk: store.check,
    freeDiskBytes: async () => {
      const { bavail, bsize } = await statfs(options.dataFolder)
      return bavail * bsize
    },
    lines: () => {
      const isReal = operator.status.current().view?.phone.needed === true
      return call.lines().map((line) => ({ ...line, isNeeded: line.kind === 'simulated' || isReal }))
    },
    ignored: () => call.ignored(),
    phone: { phone: () => phone.checks.phone(), microphone: () => phone.checks.microphone() },
    outbox: outbox.view,
    clock,
    log,
  })
  const operator = operatorService({ work: crm.calls.work, stream, signedIn, runChecks: diagnostics.run })
  const call = callService({
    lines,
    store: store.calls,
    work: crm.calls.work,
    signedIn,
    serverWork: operator.work,
    askForNumber: operator.askForNumber,
    identify: operator.identify,
    connected: () => stream.link.current() === 'up',
    kickOutbox: outbox.kick,
    callsCome: () => {
      const phone = operator.status.current().view?.phone
      return phone !== undefined && (phone.needed || phone.state !== 'none')
    },
    undosHeard: outbox.undosHeard,
    undosWait: outbox.undosWait,
    outboxChanged: outbox.view.changed,
    clock,
    makeId,
    log,
  })
  const supervision = supervisionService({ stream, signedIn })
  const phone = phoneService({
    phone: crm.calls.phone,
    signedIn,
    connection,
    operator: operator.status,
    supervision: supervision.state,
    settings: settings.current,
    takeBreak: operator.takeBreak,
    rememberGateway,
    clock,
    random,
    log,
  })
  const host: Host<Desktop> = {
    session: session.host,
    operator: operator.host,
    call: call.host,
    outbox: outbox.host,
    crm: crmService({ request: crm.request, names: routeNames }),
    wallboard: wallboardService({ stream, signedIn }),
    supervision: supervision.host,
    settings: settings.host,
    diagnostics: diagnostics.host,
  }

  const stopping = new AbortController()
  return {
    host,
    gateways,
    files: createFiles({ baseUrl, token: token.current }),
    browsers: {
      load: () => textsIn(store.settings.read('browsers')),
      save: (hashes) => store.settings.write('browsers', hashes),
    },
    requestCall: call.request,
    serve: (channel, by) => {
      serve(desktop, host, channel, by, {
        makeReference: makeId,
        onError: (reference, error, to) => log.error({ reference, error, to }, 'a request failed'),
        build: options.build,
        checkOutput: options.checkOutput ?? false,
      })
      phone.addPage(connect(page, channel, { clock, build: options.build }))
    },
    start: async () => {
      const sought = session.start()
      call.start(stopping.signal)
      let stopWaiting = () => {}
      const longEnough = new Promise<void>((resolve) => {
        stopWaiting = clock.after(firstLookMs, resolve)
      })
      await Promise.race([sought, longEnough])
      stopWaiting()
    },
    stop: async () => {
      stopping.abort()
      session.stop()
      outbox.stop()
      phone.stop()
      call.stop()
      await Promise.all([lines.simulated.dispose(), lines.pbx.dispose()])
      store.close()
    },
  }
}

const textsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
