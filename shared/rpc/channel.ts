import type { Event } from '../std/event.ts'
import { emitter } from '../std/event.ts'
import type { Frame } from './frame.ts'

/** All that a transport has to be: frames arrive whole, in order, or the channel closes. Nothing is ever sent again. */
export interface Channel {
  /** Throws where the frame is no plain data; does nothing once closed. */
  send(frame: Frame): void
  received: Event<Frame>
  /** Told once at each end, whoever closed. */
  closed: Event<{ reason: string }>
  close(reason?: string): void
  /** Where a transport can fall behind: settles when it can take more (or closed). Views wait for it, calls do not. */
  ready?(): Promise<void> | undefined
}

export interface ChannelPair {
  left: Channel
  right: Channel
}

/** Two ends in one process. Frames are copied and arrive a microtask later, as on a wire. */
export function memoryChannels(): ChannelPair {
  let open = true
  const closes = [emitter<{ reason: string }>(), emitter<{ reason: string }>()] as const
  const close = (reason = 'closed') => {
    if (!open) return
    open = false
    for (const side of closes) side.emit({ reason })
  }
  const toLeft = emitter<Frame>()
  const toRight = emitter<Frame>()
  const end = (
    own: Event<Frame>,
    other: (frame: Frame) => void,
    closed: Event<{ reason: string }>,
  ): Channel => ({
    send: (frame) => {
      const copy = structuredClone(frame)
      queueMicrotask(() => {
        if (open) other(copy)
      })
    },
    received: own,
    closed,
    close,
  })
  return {
    left: end(toLeft.event, toRight.emit, closes[0].event),
    right: end(toRight.event, toLeft.emit, closes[1].event),
  }
}
