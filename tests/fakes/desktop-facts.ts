import type { Call, CallEvent } from '../../shared/domain/call/call.ts'
import type { CommandName, Consult } from '../../shared/domain/call/legs.ts'
import type { Desk } from '../../shared/contract/call.ts'
import type { Offer } from '../../shared/crm-api/work.ts'
import type { Instant } from '../../shared/std/clock.ts'
import type { LegId } from '../../shared/std/ids.ts'
import type { Customer } from './desktop-data.ts'

/** What a switch says once it did as it was told; null for what leaves no trace on the leg. */
export function factOf(command: CommandName, { leg, phase, consult }: Call, at: Instant): CallEvent | null {
  const talkingTo = (who: Consult['talkingTo']): CallEvent | null =>
    consult && { type: 'leg-consult', leg, at, consult: { ...consult, state: 'up', talkingTo: who } }
  switch (command) {
    case 'answer':
      return { type: 'leg-answered', leg, at }
    case 'hang-up':
      return {
        type: 'leg-ended',
        leg,
        at,
        end: phase.name === 'ringing' ? 'cancelled' : 'hung-up-by-us',
      }
    case 'decline':
      return { type: 'leg-ended', leg, at, end: 'rejected' }
    case 'hold':
      return { type: 'leg-held', leg, at }
    case 'resume':
      return { type: 'leg-resumed', leg, at }
    case 'mute':
      return { type: 'leg-muted', leg, at }
    case 'unmute':
      return { type: 'leg-unmuted', leg, at }
    case 'transfer':
    case 'complete':
      return { type: 'leg-ended', leg, at, end: 'transferred' }
    case 'swap':
      return talkingTo(consult?.talkingTo === 'consult' ? 'customer' : 'consult')
    case 'join':
      return talkingTo('both')
    case 'cancel-consult':
      return { type: 'leg-consult', leg, at, consult: null }
    case 'record-start':
    case 'record-resume':
      return { type: 'leg-recording', leg, at, recording: 'on' }
    case 'record-pause':
      return { type: 'leg-recording', leg, at, recording: 'paused' }
    case 'record-stop':
      return { type: 'leg-recording', leg, at, recording: 'off' }
    case 'dial':
    case 'dtmf':
    case 'consult':
      return null
  }
}

/** What the customer at the other end does, in milliseconds from the dial on. */
export function scriptOf(
  customer: Customer,
  leg: LegId,
): readonly { afterMs: number; fact: (at: Instant) => CallEvent }[] {
  const { ringMs, end, says = [], hangsUpAfterMs } = customer
  const ringing = { afterMs: 300, fact: (at: Instant): CallEvent => ({ type: 'leg-ringing', leg, at }) }
  if (end) return [ringing, { afterMs: ringMs, fact: (at) => ({ type: 'leg-ended', leg, end, at }) }]
  return [
    ringing,
    { afterMs: ringMs, fact: (at) => ({ type: 'leg-answered', leg, at }) },
    ...says.map(({ afterMs, text }) => ({
      afterMs: ringMs + afterMs,
      fact: (at: Instant): CallEvent => ({ type: 'leg-caption', leg, text, at }),
    })),
    ...(hangsUpAfterMs === undefined
      ? []
      : [
          {
            afterMs: ringMs + hangsUpAfterMs,
            fact: (at: Instant): CallEvent => ({ type: 'leg-ended', leg, end: 'hung-up-by-them', at }),
          },
        ]),
  ]
}

/** What a saved wrap-up shows while it can be opened again. */
export function undoOf(saved: {
  offer: Offer
  input: { outcome: string }
  until: Instant
}): NonNullable<Desk['undo']> {
  const { attempt, contact, campaign } = saved.offer
  return {
    attempt,
    contact: `${contact.firstName} ${contact.lastName}`.trim() || contact.company,
    outcome: campaign.outcomes.find(({ code }) => code === saved.input.outcome)!.label,
    until: saved.until,
  }
}
