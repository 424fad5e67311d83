import { setTimeout as wait } from 'node:timers/promises'
import { systemClock } from '../../server/entry/system.ts'
import type { Desk, Draft, Work } from '../../shared/contract/call.ts'
import type { Random } from '../../shared/std/clock.ts'
import { AppError, errorCodes } from '../../shared/std/errors.ts'
import type { Person } from '../support/call-centre.ts'
import type { Page } from '../support/page.ts'
import { openPage } from '../support/page.ts'
import type { Ledger } from './ledger.ts'
import { isKept } from './ledger.ts'
import type { Memory } from './memory.ts'
import { firstSight, onceMore } from './memory.ts'

/** What an operator is about to do when a killer may strike. */
export type Moment = 'skip' | 'draft' | 'dial' | 'wrap-up' | 'undo'

export interface OperatorDeps {
  person: Person
  random: Random
  ledger: Ledger
  /** A one-time address of the client host, once it is up again. */
  address: () => Promise<string>
  /** No new call is begun any more. */
  over: () => boolean
  about: (moment: Moment) => void
}

/** Died under our hands, or could not be reached: the person waits and tries again. */
const isAway = (error: unknown) => !(error instanceof AppError) || errorCodes[error.code].turn === 'network'

/**
 * A person at a page: signs in, works what lies on the desk, remembers what was typed and what was shown as saved, and
 * comes back after each death. Resolves when it is over and nothing begun is left on the desk.
 */
export async function operatorAtWork(deps: OperatorDeps): Promise<void> {
  const { random, ledger, over } = deps
  const complain = (what: string) => ledger.complaints.push(`${deps.person.username}: ${what}`)
  let memory: Memory | null = null
  let pages = 0

  /** What was in hand when everything died is on the desk again with every acknowledged word, or it was saved. */
  async function lookForIt(page: Page, mine: Memory, work: Work | null): Promise<void> {
    const isThere = work?.attempt === mine.attempt
    if (mine.takingBack) memory = isThere ? tookBack(mine) : null
    else if (isThere) return
    else if (mine.sentWith !== null) {
      if (mine.talk.savesAgain) await save(page, mine, mine.sentWith.callbackAt)
      else book(mine, mine.sentWith.callbackAt, null)
      memory = null
    } else if (mine.inHandSince !== null) {
      memory = null
      complain(`call ${mine.attempt} is not on the desk any more`)
    }
  }

  async function workOn(page: Page): Promise<void> {
    const desk = page.follow(page.host.call.desk)
    const status = page.follow(page.host.operator.status)
    const lostChannel = new Promise<never>((_, reject) => {
      page.channel.closed(({ reason }) => reject(new AppError('disconnected', reason)))
    })
    lostChannel.catch(() => undefined)
    let emptySince = systemClock.now()
    for (;;) {
      await Promise.race([wait(5 + random() * 20), lostChannel])
      const work = desk.now()?.work ?? null
      const view = status.now()
      if (work || !view?.connected) emptySince = systemClock.now()
      if (over() && desk.now() && isIdle(work, emptySince)) return
      try {
        if (memory && desk.now()) await lookForIt(page, memory, work)
        if (work) await handle(page, work)
        else if (view?.connected && view.view?.state === 'break' && !over()) await page.host.operator.ready()
      } catch (error) {
        if (!(error instanceof AppError) || error.code === 'disconnected') throw error
        // Somebody else was faster, for example an offer was taken back: look at the desk again.
        if (!isAway(error) && error.code !== 'not-in-this-state') throw error
        await wait(50)
      }
    }
  }
  /** Nothing begun is left. A call that was asked for and never came shows as a desk that stays empty. */
  const isIdle = (work: Work | null, emptySince: number): boolean => {
    if (work?.call || work?.dialing) return false
    if (!memory || (!memory.dialed && memory.inHandSince === null)) return true
    return work === null && memory.sentWith === null && systemClock.now() - emptySince > 3_000
  }

  const remember = (work: Work): Memory => {
    if (memory?.attempt === work.attempt) {
      if (memory.page !== pages) checkTyped(memory, work.draft)
      memory.page = pages
      return memory
    }
    memory = firstSight(work, random, pages)
    return memory
  }
  const checkTyped = ({ attempt, typed }: Memory, found: Draft): void => {
    if (isKept(typed, found)) ledger.restored += typed.acknowledged > 0 ? 1 : 0
    else {
      const acknowledged = typed.sent.slice(Math.max(0, typed.acknowledged - 1))
      complain(`typed text of ${attempt} is gone: ${JSON.stringify({ acknowledged, found })}`)
    }
  }

  async function type(page: Page, mine: Memory, draft: Draft): Promise<void> {
    mine.typed.sent.push(draft)
    deps.about('draft')
    await page.host.call.saveDraft({ attempt: mine.attempt, draft })
    mine.typed.acknowledged = mine.typed.sent.length
  }

  async function handle(page: Page, work: Work): Promise<void> {
    if (over() && memory?.attempt !== work.attempt && !work.call) return
    const mine = remember(work)
    const { attempt } = mine
    if (!work.call && mine.talk.skips && !mine.dialed) {
      deps.about('skip')
      await page.host.call.skip({ attempt, reason: 'not-now' })
      ledger.skipped.push(attempt)
      memory = null
      return
    }
    const [first, ...later] = mine.talk.drafts
    if (first && mine.typed.sent.length === 0) await type(page, mine, first)
    if (!work.call) {
      mine.dialed = true
      deps.about('dial')
      const phone = work.offer.contact.phones[0]?.e164 ?? ''
      await page.host.call.dial({ attempt, phone })
    }
    mine.inHandSince ??= systemClock.now()
    for (const draft of later) {
      await wait(random() * 25)
      await type(page, mine, draft)
    }
    await endCall(page, mine)
    await save(page, mine, mine.talk.callbackIn === null ? null : systemClock.now() + mine.talk.callbackIn)
    memory = mine.talk.takesBack ? await takeBack(page, mine) : null
  }

  /** Null where it was too late. Without an answer the desk shows, later, whether it was. */
  async function takeBack(page: Page, mine: Memory): Promise<Memory | null> {
    mine.takingBack = true
    deps.about('undo')
    try {
      await page.host.call.undo({ attempt: mine.attempt })
    } catch (error) {
      onlyIfItIsOver(error)
      return null
    }
    return tookBack(mine)
  }
  function tookBack(mine: Memory): Memory {
    const index = ledger.wrappedUp.findIndex(({ key }) => key === mine.talk.key)
    ledger.takenBack.push(...ledger.wrappedUp.splice(index, 1))
    return onceMore(mine, random, systemClock.now())
  }

  /** Waits until the customer speaks or is gone, and hangs up where that is our way to end it. */
  async function endCall(page: Page, { attempt, talk }: Memory): Promise<void> {
    const phase = ({ work }: Desk) => (work?.attempt === attempt ? work.call?.phase.name : 'closed')
    const now = await page.until(page.host.call.desk, (desk) => phase(desk) !== 'ringing')
    if (phase(now) !== 'talking' || talk.ending !== 'hang up') return
    await wait(random() * 40)
    const latest = await page.until(page.host.call.desk, () => true)
    if (phase(latest) === 'talking') await page.host.call.hangUp({ attempt }).catch(onlyIfItIsOver)
    await page.until(page.host.call.desk, (desk) => phase(desk) !== 'talking')
  }
  const onlyIfItIsOver = (error: unknown) => {
    if (!(error instanceof AppError) || error.code !== 'not-in-this-state') throw error
  }

  async function save(page: Page, mine: Memory, callbackAt: number | null): Promise<void> {
    const { attempt, talk } = mine
    const draft = talk.drafts.at(-1)
    if (!draft) throw new Error('a conversation without words')
    const wish = mine.sentWith ?? { callbackAt }
    mine.sentWith = wish
    deps.about('wrap-up')
    const { savedAt } = await page.host.call.wrapUp({
      attempt,
      key: talk.key,
      outcome: talk.outcome,
      callbackAt: wish.callbackAt,
      draft,
    })
    book(mine, wish.callbackAt, savedAt)
  }

  function book(mine: Memory, callbackAt: number | null, savedAt: number | null): void {
    const { attempt, record, talk, inHandSince } = mine
    const draft = talk.drafts.at(-1)
    const operator = deps.person.id
    ledger.wrappedUp.push({
      key: talk.key,
      attempt,
      record,
      operator,
      outcome: talk.outcome,
      callbackAt,
      note: draft?.note ?? '',
      answers: draft?.answers ?? {},
      savedAt,
    })
    const to = systemClock.now()
    ledger.inHand.push({ record, attempt, operator, from: inHandSince ?? to, to })
  }

  for (let done = false; !done;) {
    let page: Page | undefined
    try {
      page = await openPage(await deps.address())
      pages++
      await signIn(page, deps.person)
      await workOn(page)
      done = true
    } catch (error) {
      if (!isAway(error)) {
        complain(`${String(error)} ${JSON.stringify((error as AppError).details ?? null)}`)
        memory = null
      }
      await wait(30)
    } finally {
      page?.close()
    }
  }
}

async function signIn(page: Page, { username, password }: Person): Promise<void> {
  const { status } = await page.until(page.host.session.current, () => true)
  if (status === 'signed-in') return
  for (;;) {
    try {
      return await page.host.session.signIn({ username, password })
    } catch (error) {
      const isTooOften = error instanceof AppError && error.code === 'too-many-requests'
      if (!isTooOften && !isAway(error)) throw error
      if (page.lost()) throw error
      // As fast as a person reads the message: the server counts tries, those too that its database could not answer.
      await wait(isTooOften ? 2_000 : 500)
    }
  }
}
