import { z } from 'zod'
import { supervisionModes, supervisionStates } from '../domain/supervision/supervision.ts'
import type { AttemptId, UserId } from '../std/ids.ts'
import { PhoneView } from './phone.ts'
import { del, Done, get, id, Instant, put, resource } from './resource.ts'

export const SupervisionMode = z.enum(supervisionModes)

/** Whom a supervisor listens to. `since` is when the state began. */
export const Listening = z.object({
  operator: z.object({ id: id<UserId>(), name: z.string() }),
  mode: SupervisionMode,
  state: z.enum(supervisionStates),
  since: Instant,
  /** The call that is heard; null where there is none at the moment. */
  call: z
    .object({ attempt: id<AttemptId>().nullable(), campaign: z.string(), contact: z.string() })
    .nullable(),
  /** The campaign of the call tells its operator. */
  isOperatorTold: z.boolean(),
  /** Begun from another session of the same supervisor, which has the phone. */
  isElsewhere: z.boolean(),
})
export type Listening = z.infer<typeof Listening>

/** Whole, pushed on every change and first thing on connecting. The phone is needed while somebody is listened to. */
export const SupervisionView = z.object({ listening: Listening.nullable(), phone: PhoneView })
export type SupervisionView = z.infer<typeof SupervisionView>

/** What an operator is told: who is with their call, and how. */
export const Supervisor = z.object({ by: z.string(), mode: SupervisionMode })
export type Supervisor = z.infer<typeof Supervisor>

export const supervision = resource({
  state: get('/supervision', {
    summary: 'Whom the supervisor listens to, and the phone it is heard on',
    allow: ['supervisor'],
    reply: SupervisionView,
  }),
  listen: put('/supervision/listening', {
    summary:
      'Listens to the call of an operator, coaches or joins; the same operator in another mode changes it without a break, another operator takes the place of the first. Each is in the audit',
    allow: ['supervisor'],
    body: z.strictObject({ operator: id<UserId>(), mode: SupervisionMode }),
    reply: SupervisionView,
  }),
  stop: del('/supervision/listening', {
    summary: 'Ends the listening and hangs the supervisor’s phone up',
    allow: ['supervisor'],
    reply: Done,
  }),
})
