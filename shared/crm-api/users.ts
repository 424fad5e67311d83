import { z } from 'zod'
import type { UserId } from '../std/ids.ts'
import { Done, get, id, Instant, IdParams, post, put, resource, roles, Text } from './resource.ts'

export const Role = z.enum(roles)
/** Grammatical gender the Italian texts use for this person; `n` takes the neutral form. */
export const Grammar = z.enum(['f', 'm', 'n'])
export type Grammar = z.infer<typeof Grammar>

export const Username = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{1,39}$/)
/**
 * ASVS 5.0, 6.2.1 asks for 8 characters at least and recommends 15, the original product 8 (EC-75). Ten is what people
 * still type at each start of a shift without writing it down, with tries limited and locked. No classes of characters
 * are asked for (ASVS 6.2.5).
 */
export const passwordMinimum = 10
/** Up to 128 characters and any of them (ASVS 5.0, 6.2.5 and 6.2.9); strength is the server's rule. */
export const Password = z.string().min(1).max(128)

export const User = z.object({
  id: id<UserId>(),
  username: z.string(),
  displayName: z.string(),
  role: Role,
  grammar: Grammar,
  active: z.boolean(),
  mustChangePassword: z.boolean(),
  /** Until then no password is taken, after too many wrong ones in a row; null or past: the account is open. */
  lockedUntil: Instant.nullable(),
  lastSignInAt: Instant.nullable(),
})
export type User = z.infer<typeof User>

export const UserDraft = z.strictObject({
  username: Username,
  displayName: Text(80).min(1),
  role: Role,
  grammar: Grammar.default('n'),
})
export const UserChange = z.strictObject({
  displayName: Text(80).min(1),
  role: Role,
  grammar: Grammar,
  active: z.boolean(),
})
/** A password made by the server, shown once; its owner must change it at the first sign-in (EC-73). */
export const OneTimePassword = z.object({ user: User, password: z.string() })

export const users = resource({
  list: get('/users', {
    summary: 'Everyone who may sign in',
    allow: ['administrator', 'supervisor'],
    reply: z.array(User),
  }),
  create: post('/users', {
    summary: 'Creates a user with a one-time password',
    allow: ['administrator'],
    body: UserDraft,
    reply: OneTimePassword,
  }),
  change: put('/users/:id', {
    summary: 'Changes name, role or grammar; deactivating ends all sessions at once',
    allow: ['administrator'],
    params: IdParams,
    body: UserChange,
    reply: User,
  }),
  resetPassword: post('/users/:id/password-reset', {
    summary: 'Makes a new one-time password and ends all sessions of the user',
    allow: ['administrator'],
    params: IdParams,
    reply: OneTimePassword,
  }),
  unlock: post('/users/:id/unlock', {
    summary: 'Lifts the lock that wrong passwords put on the account (EC-77)',
    allow: ['administrator'],
    params: IdParams,
    reply: Done,
  }),
})
