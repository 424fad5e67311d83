import type { Channel } from '../../shared/rpc/channel.ts'
import type { Frame } from '../../shared/rpc/frame.ts'
import { readFrame } from '../../shared/rpc/frame.ts'
import { portNames } from '../../shared/rpc/port-names.ts'
import { emitter } from '../../shared/std/event.ts'

/** A channel over the page's end of a MessagePort. */
export function portChannel(port: MessagePort): Channel {
  const received = emitter<Frame>()
  const closed = emitter<{ reason: string }>()
  let open = true
  const close = (reason = 'closed') => {
    if (!open) return
    open = false
    port.close()
    closed.emit({ reason })
  }
  port.addEventListener('message', ({ data }) => {
    const frame = readFrame(data)
    if (!open) return
    if (frame) received.emit(frame)
    else close('unreadable frame')
  })
  port.addEventListener('close', () => close('the host went away'))
  port.start()
  return {
    send: (frame) => {
      if (open) port.postMessage(frame)
    },
    received: received.event,
    closed: closed.event,
    close,
  }
}

/** Asks the preload for a port; each ask gets a new one. Only this window's own messages are believed. */
export function openPort(page: Window): Promise<Channel> {
  return new Promise((resolve) => {
    const listen = (event: MessageEvent) => {
      const port = event.ports[0]
      if (event.source !== page || event.data !== portNames.given || !port) return
      page.removeEventListener('message', listen)
      resolve(portChannel(port))
    }
    page.addEventListener('message', listen)
    page.postMessage(portNames.wanted, page.location.origin)
  })
}
