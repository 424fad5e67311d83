import { WebSocket } from 'ws'
import { streamClose, StreamMessage, streamPath } from '../../shared/crm-api/stream.ts'
import type { Clock, Random } from '../../shared/std/clock.ts'
import { cell, emitter } from '../../shared/std/event.ts'
import type { Log } from '../../shared/std/log.ts'
import type { ServerStream } from '../services/session/ports.ts'
import { backOff } from '../../shared/std/back-off.ts'

/** A socket that said nothing for two beats is half-open (RFC 6455 section 5.5.2: whoever is alive answers a ping). */
const beatMs = 10_000
const firstWaitMs = 100
const longestWaitMs = 5_000

export interface StreamOptions {
  baseUrl: string
  token: () => string | null
  clock: Clock
  random: Random
  log: Log
}

/** The event stream of the server: comes back by itself until `close()` or until the server ends the session. */
export function createStream(options: StreamOptions): ServerStream {
  const { clock, random, log } = options
  const messages = emitter<StreamMessage>()
  const ended = emitter<'signed-out' | 'replaced'>()
  const link = cell<'up' | 'down'>('down')
  let socket: WebSocket | undefined
  let tries = 0
  let stopTimer = () => {}

  const connect = () => {
    const opened = openSocket(options)
    let heard = true
    socket = opened
    const current = () => socket === opened
    const beat = () => {
      if (!heard) return opened.terminate()
      heard = false
      if (opened.readyState === WebSocket.OPEN) opened.ping()
      stopTimer = clock.after(beatMs, beat)
    }
    stopTimer = clock.after(beatMs, beat)
    opened.on('pong', () => (heard = true))
    opened.on('ping', () => (heard = true))
    opened.on('message', (data) => {
      heard = true
      if (current()) receive(String(data))
    })
    // The server refused the upgrade; a lost session shows as its status.
    opened.on('unexpected-response', (_request, response) => {
      if (current() && response.statusCode === 401) finish('signed-out')
      opened.terminate()
    })
    // `close` always follows an error, so the reason is dealt with there.
    opened.on('error', () => {})
    opened.on('close', (code) => {
      if (current()) lost(code)
    })
  }

  const receive = (text: string) => {
    const message = StreamMessage.safeParse(json(text))
    if (!message.success) return log.warn({}, 'the server pushed what this version does not know')
    messages.emit(message.data)
    if (message.data.type !== 'hello') return
    tries = 0
    link.set('up')
  }
  const lost = (code: number) => {
    drop()
    if (code === streamClose.signedOut) return finish('signed-out')
    if (code === streamClose.replaced) return finish('replaced')
    const wait = backOff(tries++, firstWaitMs, longestWaitMs, random)
    log.info({ code, wait }, 'the event stream is down')
    stopTimer = clock.after(wait, connect)
  }
  const drop = () => {
    stopTimer()
    const dropped = socket
    socket = undefined
    dropped?.terminate()
    link.set('down')
  }
  const finish = (why: 'signed-out' | 'replaced') => {
    drop()
    ended.emit(why)
  }

  return {
    messages: messages.event,
    link,
    ended: ended.event,
    open: () => {
      drop()
      tries = 0
      connect()
    },
    close: drop,
    send: (request) => {
      if (link.current() === 'up') socket?.send(JSON.stringify(request))
    },
  }
}

function openSocket({ baseUrl, token }: StreamOptions): WebSocket {
  return new WebSocket(`${baseUrl.replace(/^http/, 'ws')}${streamPath}`, {
    headers: { authorization: `Bearer ${token() ?? ''}` },
    handshakeTimeout: 10_000,
    followRedirects: false,
  })
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
