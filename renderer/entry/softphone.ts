import type { HeadsetKey, Page } from '../../shared/contract/media.ts'
import { page } from '../../shared/contract/media.ts'
import type { Channel } from '../../shared/rpc/channel.ts'
import { memoryChannels } from '../../shared/rpc/channel.ts'
import type { Host } from '../../shared/rpc/contract.ts'
import { serve } from '../../shared/rpc/host.ts'
import type { Event } from '../../shared/std/event.ts'
import type { Connection } from '../client/connection.ts'
import { openConnection } from '../client/connection.ts'
import { pageClock } from '../client/page-clock.ts'
import type { HidPort } from '../media/headset/hid.ts'
import { createSoftphone } from '../media/softphone.ts'

/** The phone as the page's features see it, and as the local host does. */
export interface PagePhone {
  connection: Connection<Page>
  pressed: Event<HeadsetKey>
  /** Answers the local host over the channel that was opened to it. */
  serve(channel: Channel): void
}

export function servedPhone(host: Host<Page>, pressed: Event<HeadsetKey>): PagePhone {
  const answer = (channel: Channel, window: string) =>
    serve(page, host, channel, { window }, { makeReference: () => '', onError: reportError })
  const memory = memoryChannels()
  return {
    pressed,
    serve: (channel) => void answer(channel, 'host'),
    connection: openConnection({
      contract: page,
      clock: pageClock,
      random: Math.random,
      open: async () => memory.left,
      onChannel: () => answer(memory.right, 'page'),
    }),
  }
}

const reportError = (_reference: string, error: unknown) => globalThis.reportError(error)

export function openPhone(): PagePhone {
  const softphone = createSoftphone({
    page: window,
    // both are absent where the page has no secure address, whatever the types say
    devices: navigator.mediaDevices,
    hid: (navigator as { hid?: HidPort }).hid,
    clock: pageClock,
    random: Math.random,
    makeId: () => crypto.randomUUID(),
  })
  reloadForGateway()
  return servedPhone({ media: softphone.host }, softphone.pressed)
}

/**
 * A page's policy names the gateways known when it was loaded, and the first account may name another. The host has
 * remembered it by then: loading once more is all it takes. It happens at sign-in, so nothing is lost by it.
 */
function reloadForGateway(): void {
  const mark = 'loaded-for-gateway'
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
    if (effectiveDirective !== 'connect-src' || !/^wss?:/.test(blockedURI)) return
    if (sessionStorage.getItem(mark) === blockedURI) return
    sessionStorage.setItem(mark, blockedURI)
    window.location.reload()
  })
}
