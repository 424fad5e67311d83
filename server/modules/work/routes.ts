import type { OperatorView, work } from '../../../shared/crm-api/work.ts'
import type { OperatorEvent } from '../../../shared/domain/operator/operator.ts'
import { next } from '../../../shared/domain/operator/operator.ts'
import { AppError } from '../../../shared/std/errors.ts'
import type { Event } from '../../../shared/std/event.ts'
import { emitter } from '../../../shared/std/event.ts'
import type { AttemptId, CampaignId, UserId } from '../../../shared/std/ids.ts'
import type { Handlers, RequestContext } from '../../http/handlers.ts'
import { signedIn } from '../../http/handlers.ts'
import { askedBy } from '../audit/rules.ts'
import { identify } from './identify.ts'
import type { Along, ManualWish } from './manual.ts'
import { offerByHand } from './manual.ts'
import { createMatcher } from './matcher.ts'
import type { WorkLine } from './line.ts'
import { workLine } from './line.ts'
import { withdrawOffer } from './matching.ts'
import { needsPhone } from './phone.ts'
import type { WorkPorts } from './ports.ts'
import { createPresence } from './presence.ts'
import { createPublisher } from './publish.ts'
import type { QueueLine } from './queue-line.ts'
import { queueLine } from './queue-line.ts'
import { lockOperator, saveOperator } from './repository.ts'
import { moved } from './rules.ts'
import { giveBackUndialed, serveNext } from './server-dial.ts'
import { skip } from './skip.ts'
import { start } from './start.ts'
import { undo } from './undo.ts'
import { operatorView } from './view.ts'
import type { Delivery } from './wrap-up.ts'
import { wrapUp } from './wrap-up.ts'

export interface WorkModule {
  routes: Handlers<typeof work>
  /** Call once before the first stream is let in. */
  start(): Promise<void>
  stop(): Promise<void>
  /** Records were loaded, a campaign was launched, resumed or edited: who waits may have work now. */
  recordsChanged(): Promise<void>
  /** A campaign was suspended or closed, or operators were taken off it: offers not started go back. */
  withdrawOffers(campaign: CampaignId): Promise<void>
  /** Resolves once nothing is under way that a stream, the clock or a request has set going. */
  idle(): Promise<void>
  /** Operators, their work or the records have changed. */
  changed: Event<void>
  /** What whoever has a switch tells, and asks. */
  line: WorkLine
  queue: QueueLine
  /** See `offerByHand`; returns the view that the operator then has. */
  byHand(context: RequestContext, wish: ManualWish, along?: Along): Promise<OperatorView>
}

export function workModule(ports: WorkPorts): WorkModule {
  const { db, clock } = ports
  const changes = emitter<void>()
  const publisher = createPublisher(ports)

  const tell = async (user: UserId) => {
    changes.emit()
    await publisher.publish(user)
  }
  const presence = createPresence(ports, async (user, arrived) => {
    if (arrived) publisher.forget(user)
    await tell(user)
    // Not waited for: a look may itself be waiting for this.
    void matcher.look()
  })
  const matcher = createMatcher(ports, {
    looked: async (waited) => {
      await Promise.all(waited.map(tell))
    },
    sweep: async () => {
      await presence.sweep()
      await giveBackUndialed(ports)
    },
  })

  /** After an operator's own deed: the next record, if it freed them; the deed stands even if that fails. */
  async function after(user: UserId, released: boolean): Promise<void> {
    try {
      await serveNext(ports, user)
    } catch (error) {
      ports.log.error({ err: error, operator: user }, 'no record could be offered')
    }
    await tell(user)
    if (released) void matcher.look()
  }

  async function move(user: UserId, event: OperatorEvent): Promise<boolean> {
    return db.transaction().execute(async (tx) => {
      const operator = await lockOperator(tx, user, event.at)
      const step = next(operator, event)
      if ('operator' in step) await saveOperator(tx, user, step.operator)
      return 'operator' in step
    })
  }

  /** False while the phone is on its way; refused where it cannot come. Real calls need one, the simulated line none. */
  async function phoneIsUp(user: UserId): Promise<boolean> {
    if (!(await needsPhone(db, user))) return true
    const answer = ports.phone === null ? 'switch-away' : ports.phone.want(user)
    if (answer === 'up') return true
    void tell(user)
    if (answer === 'coming') return false
    throw new AppError('not-in-this-state', 'the phone of this operator cannot be called', {
      details: { check: 'phone', problem: answer },
    })
  }

  const deliveryOf = (attempt: AttemptId, context: RequestContext): Delivery => {
    if (context.key === null) throw new AppError('invalid-input', 'an Idempotency-Key is needed')
    return { user: signedIn(context), address: context.address, key: context.key, attempt, now: context.now }
  }

  const routes: Handlers<typeof work> = {
    operator: (_input, context) => operatorView(db, ports, signedIn(context).id, context.now),

    setState: async ({ body }, context) => {
      const user = signedIn(context).id
      const at = context.now
      if (body.to === 'break') ports.phone?.unwant(user)
      else if (!(await phoneIsUp(user))) return operatorView(db, ports, user, clock.now())
      await db.transaction().execute(async (tx) => {
        const operator = await lockOperator(tx, user, at)
        if (operator.state === 'offline') {
          throw new AppError('not-in-this-state', 'the event stream of this operator is not open')
        }
        if (body.to === 'ready') return saveOperator(tx, user, moved(operator, { type: 'asked-ready', at }))
        const wanted = moved(operator, { type: 'asked-break', reason: body.reason, at })
        await saveOperator(tx, user, await withdrawOffer(tx, user, wanted, at))
      })
      await after(user, body.to === 'break')
      return operatorView(db, ports, user, clock.now())
    },

    start: async ({ params, body }, context) => {
      const user = signedIn(context).id
      const result = await start(ports, user, params.id, body.phone, context.now)
      if (result.allowed) {
        // The line is waiting; the view follows on the stream.
        void tell(user)
        return { dial: result.dial }
      }
      await after(user, true)
      throw new AppError('call-not-allowed', `the call may not be made: ${result.reason}`, {
        details: { reason: result.reason, until: result.until },
      })
    },

    progress: async ({ params, body }, context) => {
      const user = signedIn(context).id
      const at = Math.min(body.at, context.now)
      if (await move(user, { type: body.what, attempt: params.id, at })) await tell(user)
      return {}
    },

    wrapUp: async ({ params, body }, context) => {
      const delivery = deliveryOf(params.id, context)
      // On the return of a server outcomes come with the stream: who is not noted as back yet would not be ready again.
      await presence.settled(delivery.user.id)
      await wrapUp(ports, delivery, body)
      await after(delivery.user.id, true)
      return {}
    },

    undo: async ({ params }, context) => {
      const delivery = deliveryOf(params.id, context)
      await undo(ports, delivery)
      await after(delivery.user.id, true)
      return {}
    },

    manual: ({ body }, context) => byHand(context, { phone: body.phone, campaign: body.campaign ?? null }),

    identify: async ({ params, body }, context) => {
      const user = signedIn(context).id
      await identify(ports, user, params.id, body.contact)
      await tell(user)
      return operatorView(db, ports, user, clock.now())
    },

    skip: async ({ params, body }, context) => {
      const user = signedIn(context).id
      await skip(ports, user, params.id, { ...askedBy(context), details: { reason: body.reason } })
      await after(user, true)
      return {}
    },
  }

  async function byHand(context: RequestContext, wish: ManualWish, along?: Along): Promise<OperatorView> {
    const user = signedIn(context).id
    await offerByHand(ports, { ...askedBy(context), user }, wish, along)
    await tell(user)
    // What they were only reading may be somebody else's now.
    void matcher.look()
    return operatorView(db, ports, user, clock.now())
  }

  async function idle(): Promise<void> {
    const parts = [presence, matcher, publisher]
    const underWay = () => parts.flatMap((part) => Array.from(part.underWay()))
    for (let tasks = underWay(); tasks.length > 0; tasks = underWay()) await Promise.all(tasks)
  }

  const line = workLine(ports, { tell, after, move, look: () => void matcher.look() })
  const queue = queueLine(ports, { tell, after, changed: changes.event, emit: () => changes.emit() })

  return {
    routes,
    line,
    queue,
    byHand,
    idle,
    start: async () => {
      // Without a switch nobody waits any more, whatever was written before.
      if (ports.phone === null) {
        for (const { caller } of await queue.waiting()) await queue.gone(caller, 'lost', clock.now())
      }
      await presence.start()
      await matcher.look()
    },
    stop: async () => {
      await presence.stop()
      await matcher.stop()
      await idle()
    },
    recordsChanged: async () => {
      changes.emit()
      await matcher.look()
    },
    withdrawOffers: async (campaign) => {
      const offers = await db
        .selectFrom('attempts')
        .select(['id', 'operator'])
        .where('campaign_id', '=', campaign)
        .where('state', '=', 'offered')
        .execute()
      for (const { id, operator: user } of offers) {
        await db.transaction().execute(async (tx) => {
          const now = clock.now()
          const operator = await lockOperator(tx, user, now)
          if (operator.attempt === id)
            await saveOperator(tx, user, await withdrawOffer(tx, user, operator, now))
        })
        await tell(user)
      }
      changes.emit()
      await matcher.look()
    },
    changed: changes.event,
  }
}
