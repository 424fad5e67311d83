import { answerHeader } from '../../shared/crm-api/phone.ts'
import type { PhoneAccount, PhoneKind, PhoneProblem, PhoneView } from '../../shared/crm-api/phone.ts'
import { AppError } from '../../shared/std/errors.ts'
import type { UserId } from '../../shared/std/ids.ts'
import { dialNew } from './dial-new.ts'
import { bridgeOf, operatorChannel } from './names.ts'
import type { Phone, PhoneEffect, PhoneEvent } from './phone.ts'
import { next, noAccount, viewOf } from './phone.ts'
import type { CallsPorts, PhoneRole, SavedPhone } from './ports.ts'
import type { Telephony } from '../telephony/port.ts'
import type { Turns } from './turns.ts'

/** A page that is there answers at once; a person needs to lift the handset. */
const ringMs = { web: 10_000, desk: 30_000 } as const
const retryAfter = 1_000
/** An account outlives no shift. */
const accountLife = 12 * 60 * 60_000

interface Kept {
  phone: Phone
  role: PhoneRole
  saved: SavedPhone | null
  /** They asked to be ready, or were so when the phone was lost: ready as soon as it is up. */
  wish: boolean
  stopRetry: () => void
}

export interface OperatorPhones {
  view(user: UserId): Omit<PhoneView, 'needed'>
  isUp(user: UserId): boolean
  /** The channel of the leg that is up; null while there is none. */
  channel(user: UserId): string | null
  upUsers(): UserId[]
  /** Whether this channel is the call of the phone that counts. */
  isCurrent(user: UserId, channel: string): boolean
  want(user: UserId): 'up' | 'coming' | PhoneProblem
  unwant(user: UserId): void
  /** In the user's turn. */
  apply(user: UserId, event: PhoneEvent): Promise<void>
  open(user: UserId, session: string, kind: PhoneKind, role: PhoneRole): Promise<PhoneAccount>
  close(user: UserId): Promise<void>
  /** After a break: whether the phone is registered; an account that the switch may have forgotten is made again. */
  registration(user: UserId, registered: ReadonlySet<string>): Promise<void>
  /** Of a server that starts: phones of sessions that were open. */
  restore(): Promise<void>
  users(): UserId[]
  /** Their phone is to listen with, not to work with. */
  isSupervisor(user: UserId): boolean
  byEndpoint(endpoint: string): UserId | undefined
  bySession(session: string): UserId | undefined
  stop(): void
}

/** Interprets the phone's state machine: what it says is done on the switch, in the turn of its operator. */
export function operatorPhones(
  ports: Pick<CallsPorts, 'settings' | 'desk' | 'store' | 'clock' | 'makeId' | 'makeSecret' | 'log'>,
  line: Telephony,
  turns: Turns,
  told: { up(user: UserId): Promise<void>; lost(user: UserId): Promise<void> },
): OperatorPhones {
  const { desk, store, clock, settings } = ports
  const all = new Map<UserId, Kept>()
  const fresh: Kept = { phone: noAccount, role: 'operator', saved: null, wish: false, stopRetry: () => {} }
  const kept = (user: UserId): Kept => {
    const known = all.get(user) ?? { ...fresh }
    all.set(user, known)
    return known
  }
  const phoneOf = (user: UserId) => all.get(user)?.phone ?? noAccount

  async function apply(user: UserId, event: PhoneEvent): Promise<void> {
    const mine = kept(user)
    const before = mine.phone
    const step = next(before, event)
    mine.phone = step.phone
    for (const effect of step.effects) await run(user, mine, before, effect)
    if (before.state !== step.phone.state || before.problem !== step.phone.problem) desk.phoneChanged(user)
  }

  async function run(user: UserId, mine: Kept, before: Phone, effect: PhoneEffect): Promise<void> {
    switch (effect) {
      case 'call':
        return callPhone(user, mine)
      case 'hang-up':
        await line.hangUp(operatorChannel(user, before.calls))
        return
      case 'tell-up':
        await line.addToBridge(bridgeOf(user), operatorChannel(user, mine.phone.calls))
        await told.up(user)
        if (!mine.wish) return
        mine.wish = false
        return desk.phoneUp(user)
      case 'tell-lost':
        await told.lost(user)
        if (await desk.phoneLost(user)) mine.wish = true
        return
      case 'retry-later':
        mine.stopRetry()
        mine.stopRetry = clock.after(retryAfter, () => turns.go(user, () => apply(user, { type: 'retry' })))
        return
      case 'provision':
        if (mine.saved?.kind === 'web') await provision(mine.saved)
        return
      case 'withdraw':
        mine.stopRetry()
        await told.lost(user)
        if (mine.saved?.kind === 'web') await line.withdraw(mine.saved.endpoint)
        mine.saved = null
        mine.wish = false
        return store.dropPhone(user)
    }
  }

  const provision = ({ endpoint, password }: SavedPhone) =>
    line.provision({ id: endpoint, password, kind: 'web' })

  async function callPhone(user: UserId, { phone, saved }: Kept): Promise<void> {
    if (saved === null) throw new Error('a phone without an account was to be called')
    const channel = operatorChannel(user, phone.calls)
    try {
      await line.createBridge(bridgeOf(user))
      await dialNew(line, {
        id: channel,
        to: { kind: 'operator', account: saved.endpoint },
        timeoutMs: ringMs[saved.kind],
        headers: saved.kind === 'web' ? { [answerHeader]: saved.answerToken } : {},
      })
    } catch (error) {
      ports.log.warn({ err: error, operator: user, channel }, 'the phone of an operator could not be called')
      await line.hangUp(channel).catch(() => undefined)
      await apply(user, { type: 'leg-ended' })
    }
  }

  async function open(
    user: UserId,
    session: string,
    kind: PhoneKind,
    role: PhoneRole,
  ): Promise<PhoneAccount> {
    if (line.link() === 'down') throw new AppError('line-down', 'the switch is away')
    // A name of its own each time: whoever registers with it is the page that asked, not one of before the reload.
    const endpoint = kind === 'web' ? `web-${user}-${ports.makeId().slice(-8)}` : await store.deskPhone(user)
    if (endpoint === '') {
      throw new AppError('not-in-this-state', 'no desk phone is noted with this user', {
        details: { problem: 'no-desk-phone' },
      })
    }
    const mine = kept(user)
    const other = mine.saved
    mine.role = role
    const saved: SavedPhone = {
      user,
      role,
      session,
      kind,
      endpoint,
      answerToken: ports.makeSecret(),
      password: kind === 'web' ? ports.makeSecret() : '',
      expiresAt: clock.now() + accountLife,
    }
    await apply(user, { type: 'opened', kind })
    if (other?.kind === 'web') await line.withdraw(other.endpoint)
    if (kind === 'web') await provision(saved)
    await store.savePhone(saved)
    mine.saved = saved
    // A desk phone that was wanted rings again; a page is called when it has registered.
    if (kind === 'desk') await apply(user, { type: 'retry' })
    if (kind === 'desk') return { kind, endpoint }
    const { domain, wsUrl, iceServers, echoNumber } = settings
    const { answerToken, password, expiresAt } = saved
    return {
      kind,
      username: endpoint,
      password,
      domain,
      wsUrl,
      iceServers,
      answerToken,
      echoNumber,
      expiresAt,
    }
  }

  return {
    view: (user) => viewOf(phoneOf(user), line.link()),
    isUp: (user) => phoneOf(user).state === 'up',
    channel: (user) => {
      const phone = phoneOf(user)
      return phone.state === 'up' ? operatorChannel(user, phone.calls) : null
    },
    isCurrent: (user, channel) => operatorChannel(user, phoneOf(user).calls) === channel,
    upUsers: () => [...all].filter(([, { phone }]) => phone.state === 'up').map(([user]) => user),
    want: (user) => {
      const { state } = phoneOf(user)
      if (line.link() === 'down') return 'switch-away'
      if (state === 'none' || state === 'provisioned') return 'not-registered'
      if (state === 'up') return 'up'
      kept(user).wish = true
      turns.go(user, () => apply(user, { type: 'wanted' }))
      return 'coming'
    },
    unwant: (user) => {
      const mine = all.get(user)
      if (mine) mine.wish = false
    },
    apply,
    registration: async (user, registered) => {
      const { saved, phone } = kept(user)
      if (saved === null || saved.kind === 'desk') return
      if (registered.has(saved.endpoint)) return apply(user, { type: 'registered' })
      if (phone.state === 'registered') await apply(user, { type: 'gone' })
      await provision(saved)
    },
    open: (user, session, kind, role) => turns.take(user, () => open(user, session, kind, role)),
    close: (user) => turns.take(user, () => apply(user, { type: 'closed' })),
    restore: async () => {
      for (const saved of await store.phones()) {
        const mine = kept(saved.user)
        mine.saved = saved
        mine.role = saved.role
        mine.phone = next(noAccount, { type: 'opened', kind: saved.kind }).phone
      }
    },
    users: () => [...all.keys()],
    isSupervisor: (user) => all.get(user)?.role === 'supervisor',
    byEndpoint: (endpoint) => [...all].find(([, { saved }]) => saved?.endpoint === endpoint)?.[0],
    bySession: (session) => [...all].find(([, { saved }]) => saved?.session === session)?.[0],
    stop: () => {
      for (const mine of all.values()) mine.stopRetry()
    },
  }
}
