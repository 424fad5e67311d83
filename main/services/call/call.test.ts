import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { anOffer, aUser } from '../../../tests/builders/offer.ts'
import { handClock } from '../../../tests/fakes/clock.ts'
import { lineInHand } from '../../../tests/fakes/drivers.ts'
import type { Offer } from '../../../shared/crm-api/work.ts'
import type { LegSnapshot } from '../../../shared/domain/call/legs.ts'
import type { CallId, LegId, OutcomeCode } from '../../../shared/std/ids.ts'
import { cell, emitter } from '../../../shared/std/event.ts'
import { silentLog } from '../../../shared/std/log.ts'
import { openStore } from '../../store/open.ts'
import type { SignedInUser } from '../session/ports.ts'
import { callService } from './call.ts'
import { emptyDraft } from './desk.ts'
import type { ServerWork } from './ports.ts'

const plain = anOffer('Ciro')
const offer: Offer = { ...plain, campaign: { ...plain.campaign, line: 'pbx' } }
const inbound: Offer = { ...offer, record: { ...offer.record, kind: 'inbound' } }
const { attempt } = offer
const leg = attempt as string as LegId
const call = attempt as string as CallId
const settled = () => new Promise((resolve) => setImmediate(resolve))

/** The desk over a real store, with its lines and its server in our hands. */
function openDesk() {
  const clock = handClock()
  const folder = mkdtempSync(join(tmpdir(), 'cuffia-desk-'))
  const store = openStore(join(folder, 'desktop.sqlite'), clock.now())
  const signedIn = cell<SignedInUser | null>(null)
  const serverWork = emitter<ServerWork>()
  const [pbx, simulated] = [lineInHand('server-line'), lineInHand('simulator')]
  const service = callService({
    lines: { pbx: pbx.driver, simulated: simulated.driver },
    store: store.calls,
    work: {
      start: async ({ body }) => ({ dial: body.phone }),
      skip: async () => ({}),
      progress: async () => ({}),
    },
    signedIn,
    serverWork: serverWork.event,
    askForNumber: async () => {},
    identify: async () => {},
    connected: () => true,
    kickOutbox: () => {},
    callsCome: () => false,
    undosHeard: async () => true,
    undosWait: () => false,
    outboxChanged: emitter<void>().event,
    clock,
    makeId: () => 'id',
    log: silentLog,
  })
  signedIn.set(aUser('anna'))
  pbx.tell({ type: 'link-up', at: clock.now() })
  return {
    clock,
    pbx,
    service,
    store,
    desk: () => service.desk.current(),
    phase: () => service.desk.current().work?.call?.phase.name,
    tellWork: (part: Partial<NonNullable<ServerWork>> = {}) =>
      serverWork.emit({ stage: 'started', state: 'talking', offer, ended: null, ...part }),
    noWork: () => serverWork.emit(null),
    fact: (type: 'leg-dialed' | 'leg-offered' | 'leg-ringing' | 'leg-answered' | 'leg-held') =>
      pbx.tell({ type, leg, call, from: 'from', to: 'to', at: clock.now() }),
    ended: () => pbx.tell({ type: 'leg-ended', leg, end: 'hung-up-by-them', at: clock.now() }),
    save: () =>
      service.host.wrapUp(
        {
          attempt,
          key: 'key-of-one',
          outcome: 'sold' as OutcomeCode,
          callbackAt: null,
          draft: emptyDraft,
        },
        { window: 'w' },
        new AbortController().signal,
      ),
    dial: () =>
      service.host.dial(
        { attempt, phone: offer.contact.phones[0]!.e164 },
        { window: 'w' },
        new AbortController().signal,
      ),
    close: () => {
      service.stop()
      store.close()
      rmSync(folder, { recursive: true })
    },
  }
}
const snapshot = (part: Partial<LegSnapshot> = {}): LegSnapshot => ({
  leg,
  call,
  direction: 'out',
  peer: '+390815520008',
  to: '',
  state: 'answered',
  held: false,
  muted: false,
  consult: null,
  recording: 'off',
  startedAt: 1,
  answeredAt: 2,
  ...part,
})

describe('the desk on a real line', () => {
  let at: ReturnType<typeof openDesk>
  beforeEach(async () => {
    at = openDesk()
    await settled()
  })
  afterEach(() => at.close())

  describe('a call that the server dialled', () => {
    test('is there once its record and its leg have come, whichever is first', () => {
      at.tellWork()
      expect(at.desk().work).toBeNull()
      at.fact('leg-dialed')
      at.fact('leg-answered')
      expect(at.phase()).toBe('talking')
      at.close()
      at = openDesk()
      at.fact('leg-dialed')
      at.fact('leg-answered')
      expect(at.desk().work).toBeNull()
      at.tellWork()
      expect(at.phase()).toBe('talking')
    })

    test('is one call, also where all of it is told twice', () => {
      for (let time = 0; time < 2; time++) {
        at.tellWork()
        at.fact('leg-dialed')
        at.fact('leg-answered')
      }
      expect(at.phase()).toBe('talking')
      at.ended()
      at.ended()
      expect(at.phase()).toBe('wrap-up')
    })

    test('that was over before its record came is in the wrap-up, as the server says it ended', () => {
      at.fact('leg-dialed')
      at.fact('leg-answered')
      at.ended()
      const ended = { at: 9, answeredAt: 5, end: 'hung-up-by-them', switchCause: '16' } as const
      at.tellWork({ state: 'wrap-up', ended })
      expect(at.desk().work?.call).toMatchObject({ phase: { name: 'wrap-up' }, end: 'hung-up-by-them' })
    })
  })

  test('a caller rings here with the record, and leaves the desk where nobody answered', () => {
    at.tellWork({ stage: 'offered', state: 'ringing', offer: inbound })
    expect(at.desk().work).toBeNull()
    at.fact('leg-offered')
    expect(at.desk().work).toMatchObject({ call: { direction: 'in' }, buttons: ['answer', 'decline'] })
    at.noWork()
    expect(at.phase()).toBe('ringing')
    at.ended()
    expect(at.desk().work).toBeNull()
  })

  test('an allowed call that was never dialled can be dialled, also where this machine knows nothing of it', () => {
    at.tellWork({ state: 'ringing' })
    expect(at.desk().work).toMatchObject({ attempt, call: null })
  })

  test('a leg that nobody here began is left alone', () => {
    at.fact('leg-answered')
    expect(at.desk()).toMatchObject({ work: null, asked: null })
    expect(at.service.ignored()).toBe(1)
  })

  describe('in a call that was dialled here', () => {
    beforeEach(async () => {
      at.tellWork({ stage: 'offered', state: 'reserved' })
      await at.dial()
      at.fact('leg-ringing')
      at.fact('leg-answered')
    })

    test('what the snapshot shows after a break is what counts, and facts heard meanwhile are newer', async () => {
      at.pbx.tell({ type: 'link-down', reason: 'gone', at: at.clock.now() })
      expect(at.phase()).toBe('talking')
      at.pbx.has(snapshot({ recording: 'on' }))
      at.pbx.tell({ type: 'link-up', at: at.clock.now() })
      at.fact('leg-held')
      await settled()
      expect(at.desk().work?.call).toMatchObject({ phase: { name: 'talking', held: true }, recording: 'on' })
    })

    test('a leg that is gone is a call lost, until the server says how it ended', async () => {
      at.pbx.has()
      at.pbx.tell({ type: 'link-up', at: at.clock.now() })
      await settled()
      expect(at.desk().work?.call).toMatchObject({ phase: { name: 'wrap-up' }, end: 'lost' })
      const ended = { at: 9, answeredAt: 5, end: 'hung-up-by-them', switchCause: '16' } as const
      at.tellWork({ state: 'wrap-up', ended })
      expect(at.desk().work?.call).toMatchObject({ end: 'hung-up-by-them', switchCause: '16' })
    })

    test('the server’s word that it is over counts, where the line forgot to say so', () => {
      const ended = { at: 9, answeredAt: 5, end: 'hung-up-by-them', switchCause: '16' } as const
      at.tellWork({ state: 'wrap-up', ended })
      expect(at.desk().work?.call).toMatchObject({ phase: { name: 'wrap-up' }, end: 'hung-up-by-them' })
    })

    test('a hang-up that does not get through is asked again until it is done, and shown until then', async () => {
      at.pbx.refuse('server-unreachable')
      await at.save()
      await settled()
      expect(at.desk()).toMatchObject({ work: null, stillUp: { since: at.clock.now() } })
      const asked = () => at.pbx.asked.filter((command) => command.do === 'hang-up').length
      expect(asked()).toBe(1)
      at.clock.pass(2_000)
      await settled()
      expect(asked()).toBe(2)
      at.pbx.refuse(null)
      at.pbx.has(snapshot())
      at.pbx.tell({ type: 'link-up', at: at.clock.now() })
      await settled()
      expect(asked()).toBe(3)
      at.ended()
      expect(at.desk().stillUp).toBeNull()
      at.clock.pass(60_000)
      expect(asked()).toBe(3)
    })

    test('a hang-up of a leg that nobody knows any more is done', async () => {
      at.pbx.refuse('not-found')
      await at.save()
      await settled()
      at.clock.pass(60_000)
      expect(at.desk().stillUp).toBeNull()
      expect(at.pbx.asked.filter((command) => command.do === 'hang-up')).toHaveLength(1)
    })
  })

  test('a dial whose answer was lost is hung up, since nobody would be there for who picks up', async () => {
    at.tellWork({ stage: 'offered', state: 'reserved' })
    at.pbx.refuse('deadline-passed')
    await expect(at.dial()).rejects.toMatchObject({ code: 'deadline-passed' })
    await settled()
    expect(at.phase()).toBe('wrap-up')
    expect(at.pbx.asked.map((command) => command.do)).toEqual(['dial', 'hang-up'])
  })

  test('a colleague who asks is on no record, and is gone when they let it be', () => {
    const asked = 'asked-1' as LegId
    const now = at.clock.now()
    at.pbx.tell({ type: 'leg-offered', leg: asked, call, from: 'Luca', to: '+39331', at: now })
    expect(at.desk()).toMatchObject({ work: null, asked: { leg: asked, from: 'Luca', peer: '+39331' } })
    at.pbx.tell({ type: 'leg-answered', leg: asked, at: now })
    expect(at.desk().asked).toMatchObject({ state: 'up' })
    at.pbx.tell({ type: 'leg-ended', leg: asked, end: 'hung-up-by-them', at: now })
    expect(at.desk().asked).toBeNull()
  })
})
