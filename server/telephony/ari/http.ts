import { Agent, request, type IncomingMessage } from 'node:http'
import { Agent as TlsAgent, request as tlsRequest } from 'node:https'
import type { Readable } from 'node:stream'
import { AppError } from '../../../shared/std/errors.ts'

export interface AriSettings {
  /** For example `http://127.0.0.1:8088/ari`. */
  url: string
  user: string
  password: string
  app: string
}

export interface AriReply {
  status: number
  body: unknown
}

type Query = Readonly<Record<string, string | number | undefined>>

/** A command answers in 2 to 5 ms; a switch that takes this long is not working. */
const timeoutMs = 5_000
/** One page load of Asterisk's HTTP server; more wait in the agent, so that a burst cannot exhaust its sessions. */
const mostSockets = 32

/**
 * ARI over keep-alive HTTP. Rejects with `line-down` where nobody listens and `deadline-passed` where nobody answers;
 * any status is a reply. Neither error tells the password.
 */
export function ariHttp({ url, user, password }: AriSettings) {
  const isTls = url.startsWith('https:')
  const agent = isTls
    ? new TlsAgent({ keepAlive: true, maxSockets: mostSockets })
    : new Agent({ keepAlive: true, maxSockets: mostSockets })
  const open = isTls ? tlsRequest : request

  function send(method: string, path: string, query: Query = {}, body?: unknown): Promise<IncomingMessage> {
    const address = new URL(`${url}${path}`)
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) address.searchParams.set(name, String(value))
    }
    const text = body === undefined ? undefined : JSON.stringify(body)
    return new Promise((resolve, reject) => {
      const asked = open(address, {
        method,
        agent,
        auth: `${user}:${password}`,
        timeout: timeoutMs,
        headers: {
          ...(text !== undefined && { 'content-type': 'application/json' }),
          'content-length': Buffer.byteLength(text ?? ''),
        },
      })
      asked.once('response', resolve)
      asked.once('timeout', () =>
        asked.destroy(new AppError('deadline-passed', `the switch did not answer ${method} ${path}`)),
      )
      asked.once('error', (error) =>
        reject(error instanceof AppError ? error : new AppError('line-down', 'the switch is not reached')),
      )
      asked.end(text)
    })
  }

  return {
    async ask(method: string, path: string, query?: Query, body?: unknown): Promise<AriReply> {
      const reply = await send(method, path, query, body)
      const parts: Buffer[] = []
      for await (const part of reply) parts.push(part as Buffer)
      const text = Buffer.concat(parts).toString('utf8')
      return { status: reply.statusCode ?? 0, body: text === '' ? null : readJson(text) }
    },
    async stream(path: string): Promise<{ status: number; body: Readable }> {
      const reply = await send('GET', path)
      return { status: reply.statusCode ?? 0, body: reply }
    },
    close: () => agent.destroy(),
  }
}
export type AriHttp = ReturnType<typeof ariHttp>

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
