import type { ConnectionView, SessionView, session } from '../../../shared/contract/session.ts'
import type { LoginPage } from '../../../shared/crm-api/sessions.ts'
import type { Host } from '../../../shared/rpc/contract.ts'
import { AppError } from '../../../shared/std/errors.ts'
import type { Watchable } from '../../../shared/std/event.ts'
import { cell } from '../../../shared/std/event.ts'
import type { z } from 'zod'
import type { SessionPorts, SignedInUser } from './ports.ts'

/** How often a signed-out client looks for the server, while it is there and while it is not. */
const pollUpMs = 10_000
const pollDownMs = 1_000

export interface SessionService {
  host: Host<{ session: typeof session }>['session']
  signedIn: Watchable<SignedInUser | null>
  connection: Watchable<ConnectionView>
  /** Resolves once the server was looked for, found or not. */
  start(): Promise<void>
  stop(): void
}

/** Who is signed in at this client and whether the server is reached. The token lives and dies in memory. */
export function sessionService(ports: SessionPorts): SessionService {
  const { sessions, stream, token, clock, log } = ports
  const signedIn = cell<SignedInUser | null>(null)
  const view = cell<SessionView>({ status: 'signed-out', loginPage: null })
  const connection = cell<ConnectionView>({ server: 'down', since: clock.now(), clockOffset: 0 })
  let stopPoll = () => {}
  let running = false

  const reached = (server: ConnectionView['server'], clockOffset = connection.current().clockOffset) => {
    const before = connection.current()
    if (server === before.server && clockOffset === before.clockOffset) return
    const since = server === before.server ? before.since : clock.now()
    connection.set({ server, since, clockOffset })
  }
  const enter = (user: SignedInUser) => {
    stopPoll()
    view.set({ status: 'signed-in', user })
    signedIn.set(user)
    // Until the password is changed the server answers nothing else.
    if (!user.mustChangePassword) stream.open()
  }
  const leave = () => {
    if (signedIn.current() === null) return
    token.set(null)
    stream.close()
    view.set({ status: 'signed-out', loginPage: null })
    signedIn.set(null)
    void poll()
  }
  const poll = async (): Promise<void> => {
    stopPoll()
    if (!running || signedIn.current() !== null) return
    let live = true
    stopPoll = () => {
      live = false
    }
    const found = await look()
    if (live) stopPoll = clock.after(found ? pollUpMs : pollDownMs, () => void poll())
  }
  const look = async (): Promise<boolean> => {
    try {
      const loginPage = await sessions.loginPage({})
      if (loginPage.gateway !== null) ports.rememberGateway(loginPage.gateway)
      if (signedIn.current() !== null) return true
      reached('up', loginPage.now - clock.now())
      showLoginPage(loginPage)
      return true
    } catch (error) {
      if (signedIn.current() !== null) return true
      if (!(error instanceof AppError)) log.error({ error }, 'the login page could not be asked for')
      reached('down')
      return false
    }
  }
  const showLoginPage = (loginPage: z.infer<typeof LoginPage>) =>
    view.set({ status: 'signed-out', loginPage })

  stream.link.changed((link) => {
    if (signedIn.current() !== null) reached(link)
  })
  stream.messages((message) => {
    if (message.type === 'hello') reached('up', message.now - clock.now())
  })
  stream.ended((why) => {
    log.info({ why }, 'the server ended the session')
    leave()
  })
  ports.signedOutByServer(leave)

  const host: SessionService['host'] = {
    current: () => view,
    connection: () => connection,
    signIn: async (body) => {
      if (signedIn.current() !== null) throw new AppError('conflict', 'somebody is signed in here already')
      const { token: given, user } = await sessions.signIn({ body })
      // Two windows may have tried at once: the first one stays.
      if (signedIn.current() !== null) throw new AppError('conflict', 'somebody is signed in here already')
      token.set(given)
      reached('up')
      enter(user)
    },
    signOut: async () => {
      if (signedIn.current() === null) return
      if (ports.callOpen()) throw new AppError('conflict', 'a call is open')
      // A server that is away lets the session run out by itself; nobody has to wait for it to go home.
      await sessions.signOut({}).catch((error: unknown) => log.info({ error }, 'signed out only here'))
      leave()
    },
    changePassword: async (body) => {
      enter(await sessions.changePassword({ body }))
    },
  }
  return {
    host,
    signedIn,
    connection,
    start: () => {
      running = true
      return poll()
    },
    stop: () => {
      running = false
      stopPoll()
      stream.close()
    },
  }
}
