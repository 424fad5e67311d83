import { z } from 'zod'
import { del, Done, get, IdParams, Instant, post, put, resource } from './resource.ts'
import { Password, User, Username } from './users.ts'

export const SignIn = z.strictObject({ username: Username, password: Password })

/** What the login page says before anyone signed in (EC-61, EC-63, EC-64). */
export const LoginPage = z.object({
  version: z.string(),
  /** The address the server sees the client at. */
  address: z.string(),
  now: Instant,
  /**
   * Origin of the address that a page's phone connects to, for example `wss://pbx.example`; null where there is no
   * switch. The host of a page must know it before it serves the page, since its policy cannot change afterwards.
   */
  gateway: z.string().nullable(),
})

export const SignedIn = z.object({ token: z.string(), expiresAt: Instant, user: User })

export const SessionInfo = z.object({
  id: z.string(),
  userId: z.string(),
  username: z.string(),
  address: z.string(),
  startedAt: Instant,
  lastSeenAt: Instant,
  current: z.boolean(),
})

export const sessions = resource({
  loginPage: get('/login-page', {
    summary: 'Version, client address and telephone gateway, before anybody has signed in',
    allow: 'anyone',
    reply: LoginPage,
  }),
  signIn: post('/sessions', {
    summary: 'Signs in; the reply carries the session token. Every try is audited',
    allow: 'anyone',
    body: SignIn,
    reply: SignedIn,
    // A whole office behind one address begins its shift in the same minute; guessing one account stops at its lock.
    perMinute: 120,
  }),
  current: get('/sessions/current', {
    summary: 'The signed-in user',
    allow: 'signed-in',
    reply: User,
  }),
  signOut: del('/sessions/current', {
    summary: 'Ends this session',
    allow: 'signed-in',
    reply: Done,
  }),
  changePassword: put('/sessions/current/password', {
    summary: 'Changes the own password; ends all other sessions of the user',
    allow: 'signed-in',
    body: z.strictObject({ current: Password, next: Password }),
    reply: User,
  }),
  list: get('/sessions', {
    summary: 'Open sessions',
    allow: ['administrator'],
    reply: z.array(SessionInfo),
  }),
  revoke: del('/sessions/:id', {
    summary: 'Ends a session; its stream closes at once',
    allow: ['administrator'],
    params: IdParams,
    reply: Done,
  }),
})
