import { z } from 'zod'
import { LoginPage } from '../crm-api/sessions.ts'
import { Password, User, Username } from '../crm-api/users.ts'
import { method, view } from '../rpc/contract.ts'

/** Who is signed in at this client. The session token stays in main; the page never holds it. */
export const SessionView = z.discriminatedUnion('status', [
  z.object({ status: z.literal('signed-out'), loginPage: LoginPage.nullable() }),
  z.object({ status: z.literal('signed-in'), user: User }),
])
export type SessionView = z.infer<typeof SessionView>

/** Whether our server is reached, and how far its clock is from this machine's. */
export const ConnectionView = z.object({
  server: z.enum(['up', 'down']),
  since: z.number(),
  /** Server time minus local time, in milliseconds: add it to the local clock to compare with server instants. */
  clockOffset: z.number(),
})
export type ConnectionView = z.infer<typeof ConnectionView>

export const session = {
  current: view(SessionView),
  connection: view(ConnectionView),
  signIn: method(z.strictObject({ username: Username, password: Password }), z.void(), { repeat: 'never' }),
  /** Refused with `conflict` while a call is open; undelivered work stays and is sent at the next sign-in. */
  signOut: method(z.void(), z.void(), { repeat: 'safe' }),
  changePassword: method(z.strictObject({ current: Password, next: Password }), z.void(), {
    repeat: 'never',
  }),
}
