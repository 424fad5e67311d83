import type { CustomScheme } from 'electron'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { securityHeaders } from '../transport/content-security-policy.ts'

/** Registered before the app is ready; `standard` gives the page a real origin, `stream` seeks in recordings. */
export const appScheme: CustomScheme = {
  scheme: 'app',
  privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wav': 'audio/wav',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
}

export type Target = { kind: 'api' } | { kind: 'file'; path: string } | { kind: 'none' }

/** Whom an address of our scheme means. A path without a dot is a place inside the page, so it is the page itself. */
export function targetOf(address: string, folder: string): Target {
  const url = URL.parse(address)
  if (url === null || url.protocol !== 'app:' || url.host !== 'cuffia') return { kind: 'none' }
  if (/^\/(files|api)\//.test(url.pathname)) return { kind: 'api' }
  const asked = decoded(url.pathname)
  if (asked === undefined || /[\\\0]/.test(asked)) return { kind: 'none' }
  const path = normalize(join(folder, extname(asked) === '' ? 'index.html' : asked))
  return path.startsWith(normalize(folder) + sep) ? { kind: 'file', path } : { kind: 'none' }
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}

export interface AppProtocolOptions {
  /** Folder of the built page, absolute. */
  folder: string
  /** Answers `/files/*` and `/api/*`: what the browser shell answers over HTTP. */
  api: (request: Request) => Promise<Response>
  /** Addresses of the telephone gateway, for the policy of each page that is loaded. */
  connect?: () => readonly string[]
}

/** Serves the page from its folder, and everything else through `api`, as the browser shell would. */
export function appProtocol(options: AppProtocolOptions): (request: Request) => Promise<Response> {
  return async (request) => {
    const headers = securityHeaders({ connect: options.connect?.() ?? [] })
    const refuse = (status: number) => new Response(null, { status, headers })
    const target = targetOf(request.url, options.folder)
    if (target.kind === 'api') return options.api(request)
    if (target.kind === 'none') return refuse(404)
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405)
    const body = await readFile(target.path).catch(() => undefined)
    if (!body) return refuse(404)
    const type = types[extname(target.path)] ?? 'application/octet-stream'
    return new Response(request.method === 'HEAD' ? null : body, {
      headers: { ...headers, 'content-type': type },
    })
  }
}
