import type { Channel } from '../../shared/rpc/channel.ts'
import type { Frame } from '../../shared/rpc/frame.ts'
import { readFrameText } from '../../shared/rpc/frame.ts'
import type { Clock } from '../../shared/std/clock.ts'
import { AppError } from '../../shared/std/errors.ts'
import { emitter } from '../../shared/std/event.ts'

/** The host sends something at least every 15 s (main/transport/web-socket.ts); three times that is silence. */
const silenceMs = 45_000

/** Opens a socket to the host and resolves once it is open; rejects with `disconnected` where it cannot. */
export function openSocket(
  url: string,
  clock: Clock,
  make = (to: string) => new WebSocket(to),
): Promise<Channel> {
  const socket = make(url)
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(socketChannel(socket, clock)), { once: true })
    const refuse = () => reject(new AppError('disconnected', `no connection to ${url}`))
    socket.addEventListener('close', refuse, { once: true })
  })
}

function socketChannel(socket: WebSocket, clock: Clock): Channel {
  const received = emitter<Frame>()
  const closed = emitter<{ reason: string }>()
  let open = true
  const close = (reason = 'closed') => {
    if (!open) return
    open = false
    stopSilence()
    socket.close()
    closed.emit({ reason })
  }
  // A socket whose network is gone stays "open" for minutes; silence is the only sign.
  const listenOn = () => clock.after(silenceMs, () => close('the host is silent'))
  let stopSilence = listenOn()
  socket.addEventListener('message', ({ data }) => {
    if (!open) return
    stopSilence()
    stopSilence = listenOn()
    if (data === '') return
    const frame = typeof data === 'string' ? readFrameText(data) : undefined
    if (frame) received.emit(frame)
    else close('unreadable frame')
  })
  socket.addEventListener('close', ({ code }) => close(`socket closed (${code})`))
  return {
    send: (frame) => {
      const text = JSON.stringify(frame)
      if (open) socket.send(text)
    },
    received: received.event,
    closed: closed.event,
    close,
  }
}
