import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http'
import { Agent, request } from 'node:http'
import { Agent as TlsAgent, request as tlsRequest } from 'node:https'
import type { Readable } from 'node:stream'
import type { Clock } from '../../../shared/std/clock.ts'
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

export interface AriHttp {
  /** Any status is a reply; its body is read as JSON, null where it is none. */
  ask(method: string, path: string, query?: Query, body?: unknown): Promise<AriReply>
  /** Only its beginning has a deadline: a recording of an hour takes its time. */
  stream(path: string): Promise<{ status: number; body: Readable }>
  close(): void
}

/** A command answers in 2 to 5 ms, 19 under the heaviest load; a switch that takes this long is not working. */
const deadlineMs = 5_000
/** Of Asterisk's 100 HTTP sessions (`sessionlimit`), which browsers share. */
const mostSockets = 32
/** More than 500 calls at once make in a second; beyond it, waiting only hides that the switch does not keep up. */
const mostPending = 1_000
/** Asterisk closes an idle connection after 15 s (`session_keep_alive`): ours goes first. */
const idleMs = 10_000

/** The switch closed an idle connection in the moment in which we used it: it has not seen the request. */
const stale = new Error('a connection of before was closed')

/**
 * ARI over keep-alive HTTP. Rejects with `line-down` where nobody listens, `deadline-passed` where nobody answers,
 * `too-many-requests` where too many wait. No error tells a password, a query or a body.
 */
export function ariHttp({ url, user, password }: AriSettings, clock: Clock): AriHttp {
  const isTls = url.startsWith('https:')
  const options = { keepAlive: true, maxSockets: mostSockets, timeout: idleMs, scheduling: 'lifo' } as const
  const agent = isTls ? new TlsAgent(options) : new Agent(options)
  const open = isTls ? tlsRequest : request
  const pending = new Set<ClientRequest>()
  const late = (what: string) => new AppError('deadline-passed', `the switch did not answer ${what}`)

  function once(address: URL, how: RequestOptions, text: string): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const asked = open(address, how)
      pending.add(asked)
      const stopClock = clock.after(deadlineMs, () =>
        asked.destroy(late(`${how.method ?? ''} ${address.pathname}`)),
      )
      asked.once('response', (response) => {
        stopClock()
        resolve(response)
      })
      asked.once('error', (error) => {
        stopClock()
        const isStale = asked.reusedSocket && 'code' in error && error.code === 'ECONNRESET'
        if (error instanceof AppError) reject(error)
        else reject(isStale ? stale : new AppError('line-down', 'the switch is not reached'))
      })
      asked.once('close', () => pending.delete(asked))
      asked.end(text)
    })
  }

  async function send(method: string, path: string, query: Query, body: unknown): Promise<IncomingMessage> {
    if (pending.size >= mostPending) throw new AppError('too-many-requests', 'the switch does not keep up')
    const address = new URL(`${url}${path}`)
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) address.searchParams.set(name, String(value))
    }
    const text = body === undefined ? '' : JSON.stringify(body)
    const headers = {
      ...(text !== '' && { 'content-type': 'application/json' }),
      'content-length': Buffer.byteLength(text),
    }
    const how = { method, agent, auth: `${user}:${password}`, headers }
    for (;;) {
      const reply = await once(address, how, text).catch((error: unknown) => {
        if (error !== stale) throw error
        return null
      })
      if (reply !== null) return reply
    }
  }

  async function bodyOf(reply: IncomingMessage, what: string): Promise<string> {
    const stopClock = clock.after(deadlineMs, () => reply.destroy(late(what)))
    try {
      const parts: Buffer[] = []
      for await (const part of reply) parts.push(part as Buffer)
      return Buffer.concat(parts).toString('utf8')
    } catch (error) {
      throw error instanceof AppError ? error : new AppError('line-down', 'the switch broke its answer off')
    } finally {
      stopClock()
    }
  }

  return {
    ask: async (method, path, query = {}, body) => {
      const reply = await send(method, path, query, body)
      return { status: reply.statusCode ?? 0, body: readJson(await bodyOf(reply, `${method} ${path}`)) }
    },
    stream: async (path) => {
      const reply = await send('GET', path, {}, undefined)
      return { status: reply.statusCode ?? 0, body: reply }
    },
    close: () => {
      // Those that wait for a connection are not the agent's to destroy: it would open them one.
      for (const asked of pending) asked.destroy(new AppError('line-down', 'the link was closed'))
      agent.destroy()
    },
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
