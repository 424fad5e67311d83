import type { CheckResult } from '../../../shared/contract/diagnostics.ts'
import type { MediaState, Page } from '../../../shared/contract/media.ts'
import type { PhoneAccount } from '../../../shared/crm-api/phone.ts'
import type { Client } from '../../../shared/rpc/contract.ts'
import { backOff } from '../../../shared/std/back-off.ts'
import { AppError } from '../../../shared/std/errors.ts'
import type { PagePhone, PhoneFacts, PhonePorts } from './ports.ts'
import type { Wishes } from './pages.ts'
import { pagesOfPhone } from './pages.ts'
import { microphoneFinding, microphoneLoss, phoneFinding } from './rules.ts'

const firstPauseMs = 1_000
const longestPauseMs = 15_000
/** A page that is loaded again is back in two seconds; after this it is not coming. */
const graceMs = 5_000
/** The server's word about an account may have been on its way before the account was. */
const onItsWayMs = 3_000

export interface PhoneService extends PagePhone {
  /** A window has come; it leaves with its channel. */
  addPage(page: Client<Page>): void
  checks: Record<'phone' | 'microphone', () => Pick<CheckResult, 'result' | 'values'> | null>
  stop(): void
}

const webOf = (account: PhoneAccount | null) => (account?.kind === 'web' ? account : null)

/** The account in main: asked of the server when calls are real, handed to the one page that holds the phone. */
export function phoneService(ports: PhonePorts): PhoneService {
  const { clock, log, operator, settings, signedIn, supervision } = ports
  let account: PhoneAccount | null = null
  /** It is of no use any more, and stays with the page until there is another: its leg may still be up. */
  let isStale = false
  let accountAt = 0
  let asking = false
  let tries = 0
  let stopPause: (() => void) | null = null
  let stopGrace: (() => void) | null = null
  let toldLoss = false
  let wishes: Omit<Wishes, 'account'> = { muted: false, ring: null }

  const isSupervisor = () => signedIn.current()?.role === 'supervisor'
  const facts = (): PhoneFacts => ({
    view: (isSupervisor() ? supervision.current()?.phone : operator.current().view?.phone) ?? null,
    kind: settings.current().phoneKind,
  })
  const pages = pagesOfPhone({ changed: () => settle(), log })
  const held = (): MediaState | null => pages.holder()?.state ?? null
  const isWanted = () => {
    const { view, kind } = facts()
    const canBeUsed = kind === 'desk' || pages.holder() !== undefined
    return signedIn.current() !== null && view?.needed === true && canBeUsed
  }
  /** One door: whatever changed, what must follow from it is worked out here. */
  const settle = () => {
    const { view, kind } = facts()
    const page = held()
    if (account && (!signedIn.current() || account.kind !== kind || view?.needed === false)) leave()
    // refused or run out: another one is needed
    else if (account && page?.registration === 'failed' && pages.holds(webOf(account))) isStale = true
    // the server was started anew and knows nothing of ours
    else if (account && view?.state === 'none' && clock.now() - accountAt > onItsWayMs) isStale = true
    if (page?.registration === 'registered') tries = 0
    void tell()
    watchMicrophone()
    if ((!account || isStale) && isWanted() && !stopPause) void ask()
  }
  const tell = () => pages.tell({ ...wishes, account: webOf(account) })
  const leave = () => {
    account = null
    // with the session the account ends by itself, and with the listening
    if (!signedIn.current() || isSupervisor()) return
    ports.phone.leave({}).catch((error: unknown) => log.info({ error }, 'the phone was left only here'))
  }
  const ask = async () => {
    if (asking) return
    asking = true
    const user = signedIn.current()
    try {
      const given = await ports.phone.account({ body: { kind: facts().kind } })
      if (user !== signedIn.current()) return
      account = given.kind === 'web' ? onThisClock(given) : given
      isStale = false
      accountAt = clock.now()
      if (given.kind === 'web') ports.rememberGateway(new URL(given.wsUrl).origin)
      log.info({ kind: given.kind }, 'the phone has an account')
    } catch (error) {
      log.warn({ error }, 'no account for the phone')
    } finally {
      asking = false
      // also after a success: what follows a refused registration must not go round without a pause
      stopPause = clock.after(backOff(tries++, firstPauseMs, longestPauseMs, ports.random), () => {
        stopPause = null
        settle()
      })
      settle()
    }
  }
  const onThisClock = (given: Extract<PhoneAccount, { kind: 'web' }>) => ({
    ...given,
    expiresAt: given.expiresAt - ports.connection.current().clockOffset,
  })
  /** Nobody may be ready whom no customer could hear. The phone itself is watched by the server. */
  const watchMicrophone = () => {
    const { view, kind } = facts()
    const state = operator.current().view?.state
    const works = state !== undefined && state !== 'break' && state !== 'offline'
    const loss = works && view?.needed && kind === 'web' ? microphoneLoss(held()?.microphone ?? null) : 'none'
    if (loss !== 'unsure') {
      stopGrace?.()
      stopGrace = null
    }
    if (loss === 'none') toldLoss = false
    else if (!toldLoss && loss === 'gone') takeOut()
    else if (!toldLoss) stopGrace ??= clock.after(graceMs, takeOut)
  }
  const takeOut = () => {
    stopGrace = null
    toldLoss = true
    log.warn({ microphone: held()?.microphone ?? null }, 'out of ready: no microphone')
    ports
      .takeBreak({ reason: 'technical' })
      .catch((error: unknown) => log.warn({ error }, 'the server was not told'))
  }

  const stops = [
    signedIn.changed(() => {
      stopPause?.()
      stopPause = null
      tries = 0
      settle()
    }),
    operator.changed(() => settle()),
    supervision.changed(() => settle()),
    settings.changed(() => settle()),
  ]
  return {
    addPage: pages.add,
    mute: async (on) => {
      if (on && !pages.holder()) throw new AppError('line-down', 'no page holds the phone')
      wishes = { ...wishes, muted: on }
      await tell()
    },
    ring: async (on, kind = 'call') => {
      wishes = { ...wishes, ring: on ? kind : null }
      await tell()
    },
    checks: {
      phone: () => phoneFinding(facts(), held()),
      microphone: () => microphoneFinding(facts(), held()),
    },
    stop: () => {
      for (const stop of stops) stop()
      stopPause?.()
      stopGrace?.()
      pages.stop()
    },
  }
}
