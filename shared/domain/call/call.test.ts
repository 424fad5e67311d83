import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CallId, LegId } from '../../std/ids.ts'
import { buttons } from './buttons.ts'
import { begin, beginFound, next, type Call, type CallEvent, type PhaseName } from './call.ts'
import { abilities, type Ability, type LegSnapshot } from './legs.ts'

const leg = 'leg-1' as LegId
const at = 1_000
const all: ReadonlySet<Ability> = new Set(abilities)

function dialed(): Call {
  const call = begin({ type: 'dialed', call: 'call-1' as CallId, leg, to: '+393312345678', at })
  if ('ignored' in call) throw new Error(call.ignored)
  return call
}

const talking = { name: 'talking', since: at, held: false, muted: false } as const
const inPhase: Record<PhaseName, Call> = {
  ringing: dialed(),
  talking: { ...dialed(), phase: talking, answeredAt: at, asked: null },
  'wrap-up': { ...dialed(), phase: { name: 'wrap-up', since: at }, end: 'busy', endedAt: at, asked: null },
  closed: {
    ...dialed(),
    phase: { name: 'closed', at, outcome: 'sold' },
    end: 'busy',
    endedAt: at,
    asked: null,
  },
}

const found: LegSnapshot = {
  leg,
  call: 'call-1' as CallId,
  direction: 'out',
  peer: '+393312345678',
  to: '',
  state: 'answered',
  held: true,
  muted: false,
  consult: { leg: 'leg-2' as LegId, to: { kind: 'number', number: '201' }, state: 'up', talkingTo: 'both' },
  recording: 'paused',
  startedAt: at - 10,
  answeredAt: at - 5,
}

const events: Record<CallEvent['type'], CallEvent> = {
  'leg-offered': { type: 'leg-offered', leg, call: 'call-1' as CallId, from: 'a', to: 'b', at },
  'leg-ringing': { type: 'leg-ringing', leg, at },
  'leg-answered': { type: 'leg-answered', leg, at },
  'leg-held': { type: 'leg-held', leg, at },
  'leg-resumed': { type: 'leg-resumed', leg, at },
  'leg-muted': { type: 'leg-muted', leg, at },
  'leg-unmuted': { type: 'leg-unmuted', leg, at },
  'leg-caption': { type: 'leg-caption', leg, text: 'Pronto?', at },
  'leg-dialed': { type: 'leg-dialed', leg, call: 'call-1' as CallId, from: 'a', to: 'b', at },
  'leg-consult': { type: 'leg-consult', leg, consult: null, at },
  'leg-recording': { type: 'leg-recording', leg, recording: 'on', at },
  'leg-ended': { type: 'leg-ended', leg, end: 'hung-up-by-them', at },
  asked: { type: 'asked', command: 'hang-up', at },
  'ask-failed': { type: 'ask-failed', command: 'dial', at },
  'wrapped-up': { type: 'wrapped-up', outcome: 'sold', at },
  reopened: { type: 'reopened', at },
  'leg-found': { type: 'leg-found', leg, found, at },
  'end-known': {
    type: 'end-known',
    leg,
    answeredAt: at - 1,
    end: 'hung-up-by-them',
    switchCause: '16',
    at,
  },
}

/** Where each phase goes on each event; '-' is ignored. An event or a phase without a place does not compile. */
const table: Record<CallEvent['type'], Record<PhaseName, PhaseName | '-'>> = {
  'leg-offered': { ringing: '-', talking: '-', 'wrap-up': '-', closed: '-' },
  'leg-ringing': { ringing: 'ringing', talking: '-', 'wrap-up': '-', closed: '-' },
  'leg-answered': { ringing: 'talking', talking: '-', 'wrap-up': '-', closed: '-' },
  'leg-held': { ringing: '-', talking: 'talking', 'wrap-up': '-', closed: '-' },
  'leg-resumed': { ringing: '-', talking: 'talking', 'wrap-up': '-', closed: '-' },
  'leg-muted': { ringing: '-', talking: 'talking', 'wrap-up': '-', closed: '-' },
  'leg-unmuted': { ringing: '-', talking: 'talking', 'wrap-up': '-', closed: '-' },
  'leg-caption': { ringing: '-', talking: 'talking', 'wrap-up': '-', closed: '-' },
  'leg-dialed': { ringing: '-', talking: '-', 'wrap-up': '-', closed: '-' },
  'leg-consult': { ringing: '-', talking: 'talking', 'wrap-up': '-', closed: '-' },
  'leg-recording': { ringing: '-', talking: 'talking', 'wrap-up': '-', closed: '-' },
  'leg-ended': { ringing: 'wrap-up', talking: 'wrap-up', 'wrap-up': '-', closed: '-' },
  asked: { ringing: 'ringing', talking: 'talking', 'wrap-up': '-', closed: '-' },
  'ask-failed': { ringing: 'ringing', talking: '-', 'wrap-up': '-', closed: '-' },
  'wrapped-up': { ringing: 'closed', talking: 'closed', 'wrap-up': 'closed', closed: '-' },
  reopened: { ringing: '-', talking: '-', 'wrap-up': '-', closed: 'wrap-up' },
  'leg-found': { ringing: 'talking', talking: 'talking', 'wrap-up': '-', closed: '-' },
  'end-known': { ringing: 'wrap-up', talking: 'wrap-up', 'wrap-up': '-', closed: '-' },
}

const types = Object.keys(table) as CallEvent['type'][]
const phases = Object.keys(inPhase) as PhaseName[]

describe('a call', () => {
  describe.each(types)('on %s', (type) => {
    test.each(phases)('while %s goes where the table says', (phase) => {
      const step = next(inPhase[phase], events[type])
      expect('ignored' in step ? '-' : step.call.phase.name).toBe(table[type][phase])
    })
  })

  test('ignores what is said of another leg', () => {
    const step = next(inPhase.ringing, { type: 'leg-answered', leg: 'other' as LegId, at })
    expect(step).toEqual({ ignored: 'leg-answered: another leg' })
  })

  test('saved while talking hangs up and keeps how it ended', () => {
    const step = next(inPhase.talking, events['wrapped-up'])
    expect(step).toMatchObject({
      call: { end: 'hung-up-by-us', endedAt: at, phase: { name: 'closed', outcome: 'sold' } },
      effects: [{ do: 'hang-up', leg }],
    })
  })

  test('saved while ringing is a cancelled call', () => {
    expect(next(inPhase.ringing, events['wrapped-up'])).toMatchObject({ call: { end: 'cancelled' } })
  })

  test('that nobody of us answered is closed as missed, with no wrap-up', () => {
    const offered = begin(events['leg-offered'] as Extract<CallEvent, { type: 'leg-offered' }>) as Call
    expect(next(offered, events['leg-ended'])).toMatchObject({
      call: { phase: { name: 'closed', outcome: null } },
    })
  })

  test('that rings here has no outcome before it is answered', () => {
    const offered = begin(events['leg-offered'] as Extract<CallEvent, { type: 'leg-offered' }>) as Call
    expect(next(offered, events['wrapped-up'])).toHaveProperty('ignored')
  })

  test('missed is not reopened: there is no outcome to undo', () => {
    const missed: Call = { ...inPhase.closed, phase: { name: 'closed', at, outcome: null } }
    expect(next(missed, events.reopened)).toHaveProperty('ignored')
  })

  test('that the switch dialled by itself is an outbound one, not asked by anybody here', () => {
    const call = begin(events['leg-dialed'] as Extract<CallEvent, { type: 'leg-dialed' }>)
    expect(call).toMatchObject({ direction: 'out', peer: 'b', asked: null, phase: { name: 'ringing' } })
  })

  test('found again on the switch is as the switch says, since when it was answered', () => {
    const step = next({ ...inPhase.ringing, asked: { command: 'dial', at } }, events['leg-found'])
    expect(step).toMatchObject({
      call: {
        phase: { name: 'talking', since: at - 5, held: true, muted: false },
        asked: null,
        answeredAt: at - 5,
        consult: { talkingTo: 'both' },
        recording: 'paused',
      },
    })
    expect(next(inPhase.talking, events['leg-found'])).toMatchObject({ call: { phase: { since: at } } })
  })

  test('found ringing rings on, and one that is talked on does not ring again', () => {
    const rings = { ...found, state: 'ringing', answeredAt: null } as const
    const event = { type: 'leg-found', leg, found: rings, at } as const
    expect(next(inPhase.ringing, event)).toMatchObject({ call: { phase: { name: 'ringing' }, asked: null } })
    expect(next(inPhase.talking, event)).toMatchObject({ call: { phase: talking } })
  })

  test('that the switch has and nobody here began is begun as it is', () => {
    expect(beginFound(found)).toMatchObject({
      id: 'call-1',
      direction: 'out',
      peer: '+393312345678',
      startedAt: at - 10,
      phase: { name: 'talking', since: at - 5, held: true },
    })
    const inbound = { ...found, direction: 'in', state: 'ringing', answeredAt: null } as const
    expect(beginFound(inbound)).toMatchObject({ direction: 'in', phase: { name: 'ringing' } })
  })

  test('whose end was lost takes the end that the server knows, and no other', () => {
    const lost: Call = { ...inPhase['wrap-up'], end: 'lost' }
    expect(next(lost, events['end-known'])).toMatchObject({
      call: { phase: lost.phase, end: 'hung-up-by-them', switchCause: '16', answeredAt: at - 1 },
    })
    expect(next(inPhase['wrap-up'], events['end-known'])).toHaveProperty('ignored')
  })

  test('that ended has no second party and no recording any more', () => {
    const consulting: Call = {
      ...inPhase.talking,
      recording: 'on',
      consult: {
        leg: 'leg-2' as LegId,
        to: { kind: 'number', number: '+390811' },
        state: 'up',
        talkingTo: 'both',
      },
    }
    for (const type of ['leg-ended', 'wrapped-up'] as const) {
      expect(next(consulting, events[type])).toMatchObject({ call: { consult: null, recording: 'off' } })
    }
  })

  test('begins only by dialling or by an offer', () => {
    expect(begin({ type: 'link-up', at })).toEqual({ ignored: 'link-up begins no call' })
  })

  const anyEvent = fc.constantFrom(...types).map((type) => events[type])

  test('ends closed after leg-ended and wrapped-up, whatever came before', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 30 }), (before) => {
        const call = run(dialed(), [...before, events['leg-ended'], events['wrapped-up']])
        expect(call.phase.name).toBe('closed')
      }),
    )
  })

  test('takes the same event twice as once', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 20 }), anyEvent, (before, event) => {
        const once = run(dialed(), [...before, event])
        expect(run(once, [event]).phase).toEqual(once.phase)
      }),
    )
  })

  test('never offers a button whose confirming event it would ignore', () => {
    const confirms = {
      answer: 'leg-answered',
      decline: 'leg-ended',
      'hang-up': 'leg-ended',
      hold: 'leg-held',
      resume: 'leg-resumed',
      mute: 'leg-muted',
      unmute: 'leg-unmuted',
      dtmf: 'asked',
      transfer: 'leg-ended',
      consult: 'leg-consult',
      swap: 'leg-consult',
      join: 'leg-consult',
      complete: 'leg-ended',
      'cancel-consult': 'leg-consult',
      'record-start': 'leg-recording',
      'record-pause': 'leg-recording',
      'record-resume': 'leg-recording',
      'record-stop': 'leg-recording',
      outcome: 'wrapped-up',
    } as const
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 20 }), (history) => {
        const call = run(dialed(), history)
        for (const button of buttons(call, all, 'on-demand')) {
          expect(next(call, events[confirms[button]])).not.toHaveProperty('ignored')
        }
      }),
    )
  })

  test('shows no button for what the switch cannot do', () => {
    expect(buttons(inPhase.talking, new Set())).toEqual(['hang-up', 'outcome'])
  })
})

function run(call: Call, history: readonly CallEvent[]): Call {
  return history.reduce((before, event) => {
    const step = next(before, event)
    return 'ignored' in step ? before : step.call
  }, call)
}
