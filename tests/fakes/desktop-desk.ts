import type { Desk, Draft } from '../../shared/contract/call.ts'
import type { Desktop } from '../../shared/contract/index.ts'
import { noPhone, type PhoneView } from '../../shared/crm-api/phone.ts'
import type { Offer } from '../../shared/crm-api/work.ts'
import { buttons } from '../../shared/domain/call/buttons.ts'
import { begin, next } from '../../shared/domain/call/call.ts'
import type { Call, CallEvent } from '../../shared/domain/call/call.ts'
import { abilities, type CommandName, type Consult, type Destination } from '../../shared/domain/call/legs.ts'
import { offline, next as nextOperator } from '../../shared/domain/operator/operator.ts'
import type { BreakReason, Operator, OperatorEvent } from '../../shared/domain/operator/operator.ts'
import type { ViewValue } from '../../shared/rpc/contract.ts'
import type { Clock, Instant } from '../../shared/std/clock.ts'
import { AppError } from '../../shared/std/errors.ts'
import { cell } from '../../shared/std/event.ts'
import type { AttemptId, CallId, LegId } from '../../shared/std/ids.ts'
import { customers, offerNumber, ownCallbacks } from './desktop-data.ts'
import { factOf, scriptOf, undoOf } from './desktop-facts.ts'

const able = new Set(abilities)
const undoMs = 5000
const switchMs = 80

interface Work {
  offer: Offer
  call: Call | null
  draft: Draft
  dialing: boolean
}
export interface WrapUpInput {
  attempt: string
  outcome: string
  callbackAt: Instant | null
  draft: Draft
}
type OperatorView = NonNullable<ViewValue<Desktop, 'operator.status'>['view']>

const emptyDraft: Draft = { answers: {}, note: '', page: null, outcome: null, callbackText: '' }

/** One operator's desk: offers come while ready, calls run on the clock, saved work waits while the server is away. */
export function fakeDesk(ports: { clock: Clock; isUp: () => boolean; records: number }) {
  const { clock, isUp } = ports
  const desk = cell<Desk>({ work: null, asked: null, stillUp: null, undo: null, refusal: null })
  const status = cell<ViewValue<Desktop, 'operator.status'>>({ connected: false, view: null, asked: null })
  const outbox = cell<ViewValue<Desktop, 'outbox.state'>>({ waiting: 0, waitingForOthers: 0, problems: [] })
  let operator: Operator = offline(clock.now())
  let work: Work | null = null
  let saved: (Work & { input: WrapUpInput; until: Instant }) | null = null
  let refusal: Desk['refusal'] = null
  let asking: Desk['asked'] = null
  let refuseNext: Desk['refusal'] = null
  let asked: 'ready' | 'break' | null = null
  let count = 0
  let today = { worked: 37, positive: 4, callbacks: 2 }
  let callbacks: OperatorView['callbacks'] = ownCallbacks(clock.now())

  let phone: PhoneView = noPhone
  let supervisors: OperatorView['supervisors'] = []

  const publish = () => {
    const idle = operator.state === 'ready' && !work && count >= ports.records
    status.set({
      connected: isUp(),
      asked,
      view: {
        ...operator,
        today,
        callbacks,
        phone,
        supervisors,
        dialing: null,
        idle: idle ? { code: 'waiting-for-due', until: clock.now() + 25 * 60_000 } : null,
      },
    })
    desk.set({
      work: work && {
        attempt: work.offer.attempt,
        ...work,
        buttons: work.call ? [...buttons(work.call, able, work.offer.campaign.recording)] : [],
      },
      asked: asking,
      stillUp: null,
      undo: saved && undoOf(saved),
      refusal,
    })
  }
  const moveOperator = (event: OperatorEvent) => {
    const step = nextOperator(operator, event)
    if ('operator' in step) operator = step.operator
  }
  const moveCall = (event: CallEvent) => {
    if (!work?.call) return
    const step = next(work.call, event)
    if ('call' in step) work = { ...work, call: step.call }
    const attempt = work.offer.attempt
    if (event.type === 'leg-answered') {
      moveOperator({ type: 'answered', attempt, at: event.at })
      const { leg } = event
      if (work.offer.campaign.recording === 'always')
        clock.after(switchMs, () =>
          moveCall({ type: 'leg-recording', leg, recording: 'on', at: clock.now() }),
        )
    }
    if (event.type === 'leg-ended') {
      const isOver = work.call?.phase.name === 'closed'
      const type = !isOver ? 'ended' : event.end === 'no-answer' ? 'missed' : 'not-reached'
      moveOperator({ type, attempt, at: event.at })
      // nobody answered who called: nothing to wrap up
      if (isOver) work = null
    }
    publish()
  }
  const offerNext = () =>
    void clock.after(350, () => {
      if (operator.state !== 'ready' || work || !isUp() || count >= ports.records) return publish()
      const attempt = `attempt-${count + 1}` as AttemptId
      work = {
        offer: offerNumber(count++, attempt, clock.now()),
        call: null,
        draft: emptyDraft,
        dialing: false,
      }
      moveOperator({ type: 'offered', attempt, at: clock.now() })
      publish()
    })
  const onDesk = (attempt: string): Work => {
    if (!work || work.offer.attempt !== attempt)
      throw new AppError('not-in-this-state', 'another record is on the desk')
    return work
  }

  /** What the customer at the other end does, from the dial on. */
  const playCustomer = (leg: LegId) => {
    const customer = customers[(count - 1) % customers.length]!
    for (const { afterMs, fact } of scriptOf(customer, leg)) {
      clock.after(afterMs, () => moveCall(fact(clock.now())))
    }
  }
  const beginCall = (on: Work, phone: string, at: Instant): LegId => {
    const leg = on.offer.attempt as string as LegId
    const call = begin({ type: 'dialed', call: leg as string as CallId, leg, to: phone, at }) as Call
    work = { ...on, call, dialing: false }
    saved = null
    refusal = null
    moveOperator({ type: 'dialed', attempt: on.offer.attempt, at })
    return leg
  }

  return {
    desk,
    status,
    outbox,
    signIn() {
      moveOperator({ type: 'signed-in', at: clock.now() })
      publish()
    },
    signOut() {
      work = null
      moveOperator({ type: 'signed-out', at: clock.now() })
      publish()
    },
    ready() {
      asked = 'ready'
      publish()
      clock.after(switchMs, () => {
        asked = null
        moveOperator({ type: 'asked-ready', at: clock.now() })
        publish()
        offerNext()
      })
    },
    takeBreak(reason: BreakReason) {
      if (operator.state === 'reserved' && work && !work.call) {
        moveOperator({ type: 'withdrawn', attempt: work.offer.attempt, at: clock.now() })
        work = null
        count--
      }
      moveOperator({ type: 'asked-break', reason, at: clock.now() })
      publish()
    },
    dial(attempt: string, phone: string) {
      const on = onDesk(attempt)
      if (on.call) throw new AppError('not-in-this-state', 'already called')
      if (!isUp()) throw new AppError('server-unreachable', 'the server is away')
      if (refuseNext) {
        refusal = { ...refuseNext, at: clock.now() }
        refuseNext = null
        publish()
        throw new AppError('call-not-allowed', 'may not call', { details: { reason: refusal.reason } })
      }
      work = { ...on, dialing: true }
      publish()
      clock.after(switchMs, () => {
        if (!work || work.offer.attempt !== attempt) return
        const leg = beginCall(work, phone, clock.now())
        publish()
        playCustomer(leg)
      })
    },
    command(attempt: string, command: CommandName) {
      const { call } = onDesk(attempt)
      if (!call) throw new AppError('not-in-this-state', 'no call')
      moveCall({ type: 'asked', command, at: clock.now() })
      clock.after(switchMs, () => {
        const fact = work?.call && factOf(command, work.call, clock.now())
        if (fact) moveCall(fact)
      })
    },
    /** Whoever is asked takes it a second and a half later. */
    consult(attempt: string, to: Destination) {
      const { call } = onDesk(attempt)
      if (!call) throw new AppError('not-in-this-state', 'no call')
      if (to.kind === 'queue') throw new AppError('not-in-this-state', 'nobody there is free')
      moveCall({ type: 'asked', command: 'consult', at: clock.now() })
      const { leg } = call
      const party = { leg: `consult-${attempt}` as LegId, to, talkingTo: 'consult' } as const
      const tell = (state: Consult['state']) => () =>
        moveCall({ type: 'leg-consult', leg, at: clock.now(), consult: { ...party, state } })
      clock.after(switchMs, tell('ringing'))
      clock.after(switchMs + 1500, () => {
        if (work?.call?.consult?.leg === party.leg) tell('up')()
      })
    },
    put(offer: Offer) {
      const isSame = work?.offer.attempt === offer.attempt
      if (!isSame && (work?.call || work?.dialing)) throw new AppError('not-in-this-state', 'in a call')
      work = { ...(isSame && work ? work : { call: null, draft: emptyDraft, dialing: false }), offer }
      if (!isSame) {
        moveOperator({ type: 'asked-ready', at: clock.now() })
        moveOperator({ type: 'offered', attempt: offer.attempt, at: clock.now() })
      }
      publish()
    },
    answerAsked(leg: LegId) {
      if (asking?.leg !== leg) throw new AppError('not-in-this-state', 'nobody asks')
      asking = { ...asking, state: 'up', since: clock.now() }
      publish()
    },
    leaveAsked(leg: LegId) {
      if (asking?.leg !== leg) throw new AppError('not-in-this-state', 'nobody asks')
      asking = null
      publish()
    },
    /** A colleague asks; null: they let it be. */
    ask(by: Desk['asked']) {
      asking = by
      publish()
    },
    skip(attempt: string) {
      onDesk(attempt)
      work = null
      moveOperator({ type: 'withdrawn', attempt: attempt as AttemptId, at: clock.now() })
      publish()
      offerNext()
    },
    saveDraft(attempt: string, draft: Draft) {
      work = { ...onDesk(attempt), draft }
      publish()
    },
    wrapUp(input: WrapUpInput) {
      const on = onDesk(input.attempt)
      const outcome = on.offer.campaign.outcomes.find(({ code }) => code === input.outcome)
      if (!on.call || !outcome) throw new AppError('not-in-this-state', 'no call to wrap up')
      if (outcome.effect === 'callback' && input.callbackAt === null)
        throw new AppError('invalid-input', 'when?')
      const at = clock.now()
      const step = next(on.call, { type: 'wrapped-up', outcome: input.outcome, at })
      const call = 'call' in step ? step.call : on.call
      saved = { ...on, call, draft: input.draft, input, until: at + undoMs }
      work = null
      today = {
        worked: today.worked + 1,
        positive: today.positive + (outcome.effect === 'close-positive' ? 1 : 0),
        callbacks: today.callbacks + (outcome.effect === 'callback' ? 1 : 0),
      }
      if (input.callbackAt !== null) {
        const { record, contact, campaign } = on.offer
        const name = `${contact.firstName} ${contact.lastName}`.trim() || contact.company
        callbacks = [
          ...callbacks,
          { record: record.id, name, dueAt: input.callbackAt, campaign: campaign.description },
        ].toSorted((left, right) => left.dueAt - right.dueAt)
      }
      if (!isUp()) outbox.set({ ...outbox.current(), waiting: outbox.current().waiting + 1 })
      moveOperator({ type: 'wrapped-up', attempt: on.offer.attempt, at })
      publish()
      offerNext()
      const mine = saved
      clock.after(undoMs, () => {
        if (saved !== mine) return
        saved = null
        publish()
      })
      return { savedAt: at }
    },
    undo(attempt: string) {
      if (!saved || saved.offer.attempt !== attempt || work?.call)
        throw new AppError('not-in-this-state', 'too late')
      const at = clock.now()
      if (work) {
        moveOperator({ type: 'withdrawn', attempt: work.offer.attempt, at })
        count--
      }
      const step = next(saved.call!, { type: 'reopened', at })
      work = {
        offer: saved.offer,
        call: 'call' in step ? step.call : saved.call,
        draft: saved.draft,
        dialing: false,
      }
      saved = null
      today = { ...today, worked: today.worked - 1 }
      moveOperator({ type: 'reopened', attempt: work.offer.attempt, at })
      publish()
    },
    setAside(key: string) {
      outbox.set({
        ...outbox.current(),
        problems: outbox.current().problems.filter((problem) => problem.key !== key),
      })
    },
    deliver() {
      if (isUp()) outbox.set({ ...outbox.current(), waiting: 0 })
    },
    serverChanged() {
      moveOperator({ type: isUp() ? 'connected' : 'disconnected', at: clock.now() })
      if (isUp()) clock.after(600, () => outbox.set({ ...outbox.current(), waiting: 0 }))
      publish()
    },
    /** The next dial is refused as the server would. */
    refuseNextDial(reason: string, until: Instant | null) {
      refuseNext = { code: 'call-not-allowed', reason, until, at: clock.now() }
    },
    /** Puts the first record on the desk and its call into a phase that began so many milliseconds ago. */
    stage(
      phase: 'preview' | 'ringing' | 'talking' | 'held' | 'wrap-up',
      agoMs: number,
      draft: Partial<Draft> = {},
      campaign: Partial<Offer['campaign']> = {},
    ) {
      const at = clock.now()
      const attempt = `attempt-${count + 1}` as AttemptId
      moveOperator({ type: 'asked-ready', at: at - agoMs })
      const offer = offerNumber(count++, attempt, at)
      const on = {
        offer: { ...offer, campaign: { ...offer.campaign, ...campaign } },
        call: null,
        draft: { ...emptyDraft, ...draft },
        dialing: false,
      }
      work = on
      moveOperator({ type: 'offered', attempt, at: at - agoMs })
      if (phase === 'preview') return publish()
      const talkMs = phase === 'wrap-up' ? 228_000 : 0
      const leg = beginCall(
        on,
        on.offer.contact.phones[0]!.e164,
        at - agoMs - talkMs - (phase === 'ringing' ? 0 : 4000),
      )
      moveCall({ type: 'leg-ringing', leg, at: at - agoMs - talkMs })
      if (phase === 'ringing') return
      moveCall({ type: 'leg-answered', leg, at: at - agoMs - talkMs })
      // only the simulated line says it in words
      if (on.offer.campaign.line === 'simulated')
        moveCall({ type: 'leg-caption', leg, text: 'Sì, sono io. Mi dica.', at: at - agoMs })
      if (phase === 'held') moveCall({ type: 'leg-held', leg, at })
      if (phase === 'wrap-up') moveCall({ type: 'leg-ended', leg, end: 'hung-up-by-them', at: at - agoMs })
    },
    /** Somebody calls; `ringOut` is what happens when nobody answers. */
    ringIn(offer: Offer) {
      const { attempt, caller } = offer
      const at = clock.now()
      moveOperator({ type: 'asked-ready', at })
      moveOperator({ type: 'rung', attempt, at })
      const leg = attempt as string as LegId
      const from = { from: caller?.from ?? '', to: caller?.to ?? '' }
      const call = begin({ type: 'leg-offered', leg, call: leg as string as CallId, ...from, at }) as Call
      work = { offer, call, draft: emptyDraft, dialing: false }
      publish()
    },
    ringOut() {
      if (work?.call) moveCall({ type: 'leg-ended', leg: work.call.leg, end: 'no-answer', at: clock.now() })
    },
    setSupervisors(next: OperatorView['supervisors']) {
      supervisors = next
      publish()
    },
    setPhone(next: PhoneView) {
      phone = next
      publish()
    },
    /** Saved here, not yet delivered. */
    setWaiting(waiting: number) {
      outbox.set({ ...outbox.current(), waiting })
    },
  }
}
