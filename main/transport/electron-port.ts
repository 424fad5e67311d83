import type { MessagePortMain } from 'electron'
import type { Channel } from '../../shared/rpc/channel.ts'
import type { Frame } from '../../shared/rpc/frame.ts'
import { readFrame } from '../../shared/rpc/frame.ts'
import { emitter } from '../../shared/std/event.ts'

type Port = Pick<MessagePortMain, 'postMessage' | 'start' | 'close'> & {
  on(name: 'message', listener: (event: { data: unknown }) => void): unknown
  on(name: 'close', listener: () => void): unknown
}

/** A channel over main's end of a port; it closes when the page reloads, crashes or goes. */
export function electronPortChannel(port: Port): Channel {
  const received = emitter<Frame>()
  const closed = emitter<{ reason: string }>()
  let open = true
  const close = (reason = 'closed') => {
    if (!open) return
    open = false
    port.close()
    closed.emit({ reason })
  }
  port.on('message', ({ data }) => {
    const frame = readFrame(data)
    if (!open) return
    if (frame) received.emit(frame)
    else close('unreadable frame')
  })
  port.on('close', () => close('the page went away'))
  // Messages wait in the port until now; the listeners of this tick miss none.
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
