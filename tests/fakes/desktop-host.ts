import type { Draft, Requested } from '../../shared/contract/call.ts'
import type { CheckResult } from '../../shared/contract/diagnostics.ts'
import type { Desktop } from '../../shared/contract/index.ts'
import { defaultSettings } from '../../shared/contract/settings.ts'
import type { SupervisionState } from '../../shared/contract/supervision.ts'
import type { User } from '../../shared/crm-api/users.ts'
import type { Host, ViewValue } from '../../shared/rpc/contract.ts'
import type { Clock } from '../../shared/std/clock.ts'
import type { AttemptId } from '../../shared/std/ids.ts'
import { AppError } from '../../shared/std/errors.ts'
import { cell } from '../../shared/std/event.ts'
import type { BreakReason } from '../../shared/domain/operator/operator.ts'
import { offerOfMatch, offerOfNumber } from './desktop-callers.ts'
import { users } from './desktop-data.ts'
import { fakeDesk } from './desktop-desk.ts'

export interface DesktopHostOptions {
  clock: Clock
  /** Signed in from the start. */
  user?: User
  settings?: ViewValue<Desktop, 'settings.current'>
  /** How many records there are to work; after them nothing is left. */
  records?: number
  /** Answers the CRM requests of the supervisor's pages. */
  crm?: (name: string, input: unknown) => Promise<unknown>
}

/**
 * The host of a page, in memory: it moves call and operator by the product's own rules, its customers follow a script.
 * Any name of `users` signs in, with the password `cuffia`; `nuova` has to change hers first.
 */
export function desktopHost(options: DesktopHostOptions) {
  const { clock } = options
  const session = cell<ViewValue<Desktop, 'session.current'>>({ status: 'signed-out', loginPage: null })
  const connection = cell<ViewValue<Desktop, 'session.connection'>>({
    server: 'up',
    since: clock.now(),
    clockOffset: 0,
  })
  const settings = cell(options.settings ?? defaultSettings)
  const board = cell<ViewValue<Desktop, 'wallboard.board'>>({ board: null, connected: true })
  const supervision = cell<SupervisionState>(null)
  const isUp = () => connection.current().server === 'up'
  const desk = fakeDesk({ clock, isUp, records: options.records ?? 1000 })

  const signedOut = () =>
    session.set({
      status: 'signed-out',
      loginPage: isUp()
        ? { version: '0.1.0', address: '192.168.1.24', now: clock.now(), gateway: null }
        : null,
    })
  const enter = (user: User) => {
    session.set({ status: 'signed-in', user })
    if (user.role === 'operator' && !user.mustChangePassword) desk.signIn()
  }
  if (options.user) enter(options.user)
  else signedOut()

  const phoneCheck = (): CheckResult[] => {
    const phone = desk.status.current().view?.phone
    if (!phone?.needed) return []
    const isThere = phone.problem === null && phone.state !== 'none'
    return [{ id: 'phone', result: isThere ? 'ok' : 'failed', values: {}, tookMs: 2 }]
  }
  const checks = (): CheckResult[] => [
    { id: 'server', result: isUp() ? 'ok' : 'failed', values: {}, tookMs: 12 },
    { id: 'session', result: 'ok', values: {}, tookMs: 4 },
    { id: 'clock', result: 'ok', values: { offsetMs: 40 }, tookMs: 3 },
    { id: 'disk', result: 'ok', values: { freeMb: 18_400 }, tookMs: 9 },
    { id: 'line', result: 'ok', values: {}, tookMs: 6 },
    ...phoneCheck(),
    {
      id: 'outbox',
      result: desk.outbox.current().waiting > 0 ? 'warning' : 'ok',
      values: { waiting: desk.outbox.current().waiting },
      tookMs: 1,
    },
  ]

  const requested = cell<Requested | null>(null)
  const host: Host<Desktop> = {
    session: {
      current: () => session,
      connection: () => connection,
      signIn: async ({ username, password }) => {
        if (!isUp()) throw new AppError('server-unreachable', 'the server is away')
        const user = users.find((candidate) => candidate.username === username)
        if (!user || password !== 'cuffia') throw new AppError('wrong-credentials', 'wrong name or password')
        enter(user)
      },
      signOut: async () => {
        if (desk.desk.current().work?.call) throw new AppError('conflict', 'a call is open')
        desk.signOut()
        signedOut()
      },
      changePassword: async ({ current, next }) => {
        const now = session.current()
        if (now.status === 'signed-out') throw new AppError('signed-out', 'nobody is signed in')
        if (current !== 'cuffia') throw new AppError('wrong-credentials', 'wrong password')
        if (next.length < 12) throw new AppError('password-too-weak', 'too short')
        enter({ ...now.user, mustChangePassword: false })
      },
    },
    operator: {
      status: () => desk.status,
      ready: async () => {
        const failed = checks().find(({ result }) => result === 'failed')
        if (failed) throw new AppError('not-in-this-state', 'not ready', { details: { check: failed.id } })
        desk.ready()
      },
      takeBreak: async ({ reason }: { reason: BreakReason }) => desk.takeBreak(reason),
    },
    call: {
      desk: () => desk.desk,
      requested: () => requested,
      requestSeen: async () => requested.set(null),
      identify: async ({ contact }) => {
        const { work } = desk.desk.current()
        if (work) desk.put(offerOfMatch(work.offer, contact))
      },
      dialNumber: async ({ phone }) => {
        if (!isUp()) throw new AppError('server-unreachable', 'the server is away')
        // the law forbids those that end in four zeros
        if (phone.endsWith('0000')) {
          const details = { reason: 'law-hours', until: clock.now() + 14 * 3_600_000 }
          throw new AppError('call-not-allowed', 'not at this hour', { details })
        }
        desk.put(offerOfNumber(phone, `manual-${phone}` as AttemptId, clock.now()))
      },
      dial: async ({ attempt, phone }) => desk.dial(attempt, phone),
      answer: async ({ attempt }) => desk.command(attempt, 'answer'),
      decline: async ({ attempt }) => desk.command(attempt, 'decline'),
      hangUp: async ({ attempt }) => desk.command(attempt, 'hang-up'),
      hold: async ({ attempt }) => desk.command(attempt, 'hold'),
      resume: async ({ attempt }) => desk.command(attempt, 'resume'),
      mute: async ({ attempt }) => desk.command(attempt, 'mute'),
      unmute: async ({ attempt }) => desk.command(attempt, 'unmute'),
      dtmf: async () => {},
      transfer: async ({ attempt }) => desk.command(attempt, 'transfer'),
      consult: async ({ attempt, to }) => desk.consult(attempt, to),
      swap: async ({ attempt }) => desk.command(attempt, 'swap'),
      join: async ({ attempt }) => desk.command(attempt, 'join'),
      complete: async ({ attempt }) => desk.command(attempt, 'complete'),
      cancelConsult: async ({ attempt }) => desk.command(attempt, 'cancel-consult'),
      record: async ({ attempt, do: what }) => desk.command(attempt, `record-${what}`),
      answerAsked: async ({ leg }) => desk.answerAsked(leg),
      leaveAsked: async ({ leg }) => desk.leaveAsked(leg),
      skip: async ({ attempt }) => desk.skip(attempt),
      saveDraft: async ({ attempt, draft }: { attempt: string; draft: Draft }) =>
        desk.saveDraft(attempt, draft),
      wrapUp: async (input) => desk.wrapUp(input),
      undo: async ({ attempt }) => desk.undo(attempt),
    },
    outbox: {
      state: () => desk.outbox,
      deliverNow: async () => desk.deliver(),
      setAside: async ({ key }) => desk.setAside(key),
    },
    crm: {
      request: ({ name, input }) =>
        options.crm?.(name, input) ?? Promise.reject(new AppError('not-found', `no ${name} here`)),
    },
    wallboard: { board: () => board },
    supervision: { state: () => supervision },
    settings: {
      current: () => settings,
      save: async (next) => settings.set(next),
    },
    diagnostics: { run: async () => checks() },
  }

  return {
    host,
    requested,
    desk,
    board,
    supervision,
    /** The CRM server goes away or comes back; what was saved meanwhile is delivered on its return. */
    serverAway(away: boolean, since = clock.now()) {
      connection.set({ server: away ? 'down' : 'up', since, clockOffset: 0 })
      if (session.current().status === 'signed-out') signedOut()
      desk.serverChanged()
    },
  }
}

export type DesktopHost = ReturnType<typeof desktopHost>
