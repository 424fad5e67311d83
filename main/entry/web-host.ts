import { once } from 'node:events'
import { existsSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import sirv from 'sirv'
import { numberFromLink } from '../../shared/domain/call/dial-link.ts'
import type { Channel } from '../../shared/rpc/channel.ts'
import type { Caller } from '../../shared/rpc/contract.ts'
import type { Clock } from '../../shared/std/clock.ts'
import type { Log } from '../../shared/std/log.ts'
import { securityHeaders } from '../transport/content-security-policy.ts'
import { acceptChannels } from '../transport/web-socket.ts'
import type { Access, BrowserStore } from './access.ts'
import { access } from './access.ts'

export interface WebHostOptions {
  /** 0 takes a free one. */
  port: number
  /** Folder of the built page. */
  page: string
  files: (request: Request) => Promise<Response>
  /** A browser that is in opens `/?tel=<link>`: its number is to be put before the operator. */
  onNumber?: (number: string) => void
  /** Addresses of the telephone gateway, for the policy of each page that is loaded. */
  connect?: () => readonly string[]
  onChannel: (channel: Channel, by: Caller) => void
  browsers: BrowserStore
  makeSecret: () => string
  clock: Clock
  log: Log
}

export interface WebHost {
  port: number
  /** An address that lets one browser in, once. */
  newAddress(): string
  close(): Promise<void>
}

/** Serves page, files and RPC to browsers of this machine only. */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const { log } = options
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      log.error({ error, path: pathOf(request) }, 'a web request failed')
      if (response.headersSent) response.destroy()
      else response.writeHead(500).end()
    })
  })
  server.listen(options.port, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const gate = access(port, options.browsers, options.clock, options.makeSecret)
  const servePage = pageServer(options.page)

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const headers = securityHeaders({ connect: options.connect?.() ?? [] })
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    if (!gate.isForUs(request)) return void response.writeHead(421).end()
    if (!gate.isFromUs(request)) return void response.writeHead(403).end()
    if (enter(request, response, gate)) return
    if (!gate.callerOf(request)) return turnAway(response)
    if (takeNumber(request, response, options.onNumber)) return
    if (pathOf(request).startsWith('/files/')) return passFile(request, response, port, options.files)
    if (request.method !== 'GET' && request.method !== 'HEAD') return void response.writeHead(405).end()
    servePage(request, response)
  }
  const stopChannels = acceptChannels(server, {
    path: '/rpc',
    origins: gate.origins,
    session: async (request) => (gate.isForUs(request) ? gate.callerOf(request) : undefined),
    clock: options.clock,
    onChannel: options.onChannel,
  })
  return {
    port,
    newAddress: gate.newAddress,
    close: async () => {
      stopChannels()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const pathOf = (request: IncomingMessage) => (request.url ?? '/').split('?', 1)[0] ?? '/'

/** `/?token=…` becomes a cookie and a clean address; the token is spent. */
function enter(request: IncomingMessage, response: ServerResponse, gate: Access): boolean {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  const token = url.searchParams.get('token')
  if (request.method !== 'GET' || url.pathname !== '/' || token === null) return false
  const cookie = gate.redeem(token)
  // A used address in the history of a browser that is in already just opens the page.
  if (cookie === undefined && !gate.callerOf(request)) return false
  if (cookie !== undefined) response.setHeader('set-cookie', cookie)
  response.writeHead(303, { location: '/', 'cache-control': 'no-store' }).end()
  return true
}

/** What a browser opens for tel: links once the page has registered for them; the address becomes clean. */
function takeNumber(
  request: IncomingMessage,
  response: ServerResponse,
  onNumber: WebHostOptions['onNumber'],
): boolean {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  const link = url.searchParams.get('tel')
  if (request.method !== 'GET' || url.pathname !== '/' || link === null) return false
  const number = numberFromLink(link.includes(':') ? link : `tel:${link}`)
  if (number !== undefined) onNumber?.(number)
  response.writeHead(303, { location: '/', 'cache-control': 'no-store' }).end()
  return true
}

function turnAway(response: ServerResponse): void {
  response.writeHead(401, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
  response.end(
    '<!doctype html><html lang="it"><meta charset="utf-8"><title>Cuffia</title>' +
      '<p>Questo indirizzo non è più valido: avvia di nuovo Cuffia e apri il nuovo indirizzo.</p>' +
      '<p lang="en">This address is no longer valid: start Cuffia again and open the new address.</p></html>',
  )
}

/** Names with a hash in them never change; everything else is asked for again each time. */
function pageServer(folder: string): (request: IncomingMessage, response: ServerResponse) => void {
  if (!existsSync(join(folder, 'index.html'))) {
    return (_request, response) => {
      response.writeHead(503, { 'content-type': 'text/plain; charset=utf-8' })
      response.end('La pagina non è stata costruita. / The page has not been built.')
    }
  }
  return sirv(folder, {
    // looks at the folder for each request: a page built anew would otherwise end this process, since sirv's list of
    // files names what is gone and nobody listens to the error of reading it
    dev: true,
    etag: true,
    setHeaders: (response, path) => {
      const forever = path.startsWith('/assets/')
      response.setHeader('cache-control', forever ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
}

async function passFile(
  request: IncomingMessage,
  response: ServerResponse,
  port: number,
  files: WebHostOptions['files'],
): Promise<void> {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  const hasBody = request.method === 'POST'
  const { range } = request.headers
  const asked = new Request(`http://127.0.0.1:${port}${request.url ?? '/'}`, {
    method: request.method ?? 'GET',
    signal: gone.signal,
    headers: range === undefined ? {} : { range },
    ...(hasBody ? { body: Readable.toWeb(request) as globalThis.ReadableStream, duplex: 'half' } : {}),
  })
  const answer = await files(asked)
  response.writeHead(answer.status, Object.fromEntries(answer.headers))
  if (!answer.body) return void response.end()
  await pipeline(Readable.fromWeb(answer.body), response)
}
