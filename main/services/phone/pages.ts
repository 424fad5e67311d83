import type { MediaState, Page, WebAccount } from '../../../shared/contract/media.ts'
import type { Client } from '../../../shared/rpc/contract.ts'
import { AppError } from '../../../shared/std/errors.ts'
import type { Log } from '../../../shared/std/log.ts'
import { holderOf } from './rules.ts'

/** What the page that holds the phone must be doing. */
export interface Wishes {
  account: WebAccount | null
  muted: boolean
  ring: 'call' | 'leg' | null
}

interface Attached {
  id: number
  page: Client<Page>
  state: MediaState
  /** What it was last told; a page that just came may still have the account of before. */
  told: { account: WebAccount | null | undefined; muted: boolean; ring: Wishes['ring'] }
}

export interface PhonePages {
  add(page: Client<Page>): void
  holder(): Attached | undefined
  /** The holder was handed the account that counts now. */
  holds(account: WebAccount | null): boolean
  /** Tells each page what it does not know yet: the holder the wishes, all others to let go. */
  tell(wishes: Wishes): Promise<void>
  stop(): void
}

const nothing: Wishes = { account: null, muted: false, ring: null }

/** The windows that could be the phone, and the one that is. */
export function pagesOfPhone(options: { changed: () => void; log: Log }): PhonePages {
  let pages: Attached[] = []
  let holding: number | null = null
  let lastId = 0
  const stops = new Map<number, () => void>()

  const changed = () => {
    holding = holderOf(pages, holding)
    options.changed()
  }
  const quietly = (asked: Promise<void>) =>
    asked.catch((error: unknown) => {
      // a page that has gone is told all of it when it comes back
      if (error instanceof AppError && error.code === 'disconnected') return
      options.log.warn({ error }, 'a page did not do as it was told')
    })
  const tellOne = async (attached: Attached, want: Wishes) => {
    const { page, told } = attached
    attached.told = { ...want }
    const asked: Promise<void>[] = []
    if (told.account !== want.account) {
      // what it says of the account before must not be taken for news of this one
      attached.state = {
        ...attached.state,
        registration: want.account ? 'registering' : 'none',
        problem: null,
      }
      asked.push(page.media.use({ account: want.account }))
    }
    if (told.muted !== want.muted) asked.push(page.media.mute({ on: want.muted }))
    if (told.ring !== want.ring) {
      asked.push(page.media.ring({ on: want.ring !== null, kind: want.ring ?? 'call' }))
    }
    await Promise.all(asked.map(quietly))
  }
  return {
    add: (page) => {
      const id = ++lastId
      let attached: Attached | undefined
      const leave = () => {
        pages = pages.filter((each) => each.id !== id)
        stops.delete(id)
        changed()
      }
      const stop = page.media.state((state) => {
        if (attached) attached.state = state
        else {
          attached = { id, page, state, told: { account: undefined, muted: state.muted, ring: null } }
          pages = [...pages, attached]
        }
        changed()
      }, leave)
      stops.set(id, stop)
    },
    holder: () => pages.find(({ id }) => id === holding),
    holds: (account) => pages.find(({ id }) => id === holding)?.told.account === account,
    tell: async (wishes) => {
      await Promise.all(pages.map((each) => tellOne(each, each.id === holding ? wishes : nothing)))
    },
    stop: () => {
      for (const stop of stops.values()) stop()
    },
  }
}
