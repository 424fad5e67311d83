import { makeUuid } from '../../server/entry/system.ts'
import type { Work } from '../../shared/contract/call.ts'
import type { Instant, Random } from '../../shared/std/clock.ts'
import type { AttemptId } from '../../shared/std/ids.ts'
import type { Conversation } from './conversation.ts'
import { conversation } from './conversation.ts'
import type { Typed } from './ledger.ts'

/** One attempt as the person at the page remembers it. */
export interface Memory {
  attempt: AttemptId
  record: Work['offer']['record']['id']
  talk: Conversation
  typed: Typed
  /** The page showed its call. */
  inHandSince: Instant | null
  /** `wrapUp` was sent with this instant to call back. */
  sentWith: { callbackAt: Instant | null } | null
  /** It was saved, `undo` was sent, and no answer has come yet. */
  takingBack: boolean
  dialed: boolean
  /** The page on which it was seen last, to look at it once after each restart. */
  page: number
}

const newTalk = (random: Random) => conversation(random, `key-${makeUuid()}`)

export const firstSight = ({ attempt, offer }: Work, random: Random, page: number): Memory => ({
  attempt,
  record: offer.record.id,
  talk: newTalk(random),
  typed: { sent: [], acknowledged: 0 },
  inHandSince: null,
  sentWith: null,
  takingBack: false,
  dialed: false,
  page,
})

/** Taken back: the words that were saved are on the desk again, and others will be saved. */
export const onceMore = (mine: Memory, random: Random, at: Instant): Memory => ({
  ...mine,
  talk: { ...newTalk(random), takesBack: false },
  typed: { sent: mine.talk.drafts.slice(-1), acknowledged: 1 },
  inHandSince: at,
  sentWith: null,
  takingBack: false,
})
