import { describe, expect, it } from 'vitest'
import { begin, next, supervisionModes } from './supervision.ts'
import type { Supervision, SupervisionEvent } from './supervision.ts'

const facts = (isPhoneUp: boolean, call: string | null, canBeHeard = call !== null): SupervisionEvent => ({
  type: 'facts',
  isPhoneUp,
  call,
  canBeHeard,
})
const mode = (wish: Supervision['mode']): SupervisionEvent => ({ type: 'mode', mode: wish })
const is = (state: Supervision['state'], wish: Supervision['mode'], call: string | null = 'one') => ({
  state,
  mode: wish,
  call,
})

describe('a supervisor with an operator', () => {
  it.each<[string, Supervision, SupervisionEvent, Supervision, readonly string[]]>([
    ['waits for the own phone', begin('coach', 'one'), facts(false, 'one'), is('phone', 'coach'), []],
    [
      'hears the call once the phone is up, noted before it is heard',
      begin('coach', 'one'),
      facts(true, 'one'),
      is('heard', 'coach'),
      ['note-begin', 'place'],
    ],
    [
      'only listens where the call asked for was over before the phone was up',
      begin('join', 'one'),
      facts(true, 'two'),
      is('heard', 'listen', 'two'),
      ['note-begin', 'place'],
    ],
    [
      'changes the mode of what is heard, noted before',
      is('heard', 'listen'),
      mode('coach'),
      is('heard', 'coach'),
      ['note-mode', 'place'],
    ],
    [
      'that says the same mode again changes nothing',
      is('heard', 'join'),
      mode('join'),
      is('heard', 'join'),
      [],
    ],
    [
      'may say another mode while the phone rings',
      is('phone', 'listen'),
      mode('join'),
      is('phone', 'join'),
      [],
    ],
    [
      'waits for the next call when this one is over, and only listens then',
      is('heard', 'join'),
      facts(true, null),
      is('waiting', 'listen', null),
      ['place', 'note-end'],
    ],
    [
      'hears the next call',
      is('waiting', 'listen', null),
      facts(true, 'two'),
      is('heard', 'listen', 'two'),
      ['note-begin', 'place'],
    ],
    [
      'hears a call that follows at once as another one',
      is('heard', 'coach'),
      facts(true, 'two'),
      is('heard', 'listen', 'two'),
      ['note-end', 'note-begin', 'place'],
    ],
    [
      'is in the same mode again after the operator’s page was loaded anew',
      is('heard', 'coach'),
      facts(true, 'one', false),
      is('waiting', 'coach'),
      ['place', 'note-end'],
    ],
    [
      'is in the same mode again after the own page was loaded anew',
      is('phone', 'join'),
      facts(true, 'one'),
      is('heard', 'join'),
      ['note-begin', 'place'],
    ],
    [
      'loses the own phone',
      is('heard', 'join'),
      facts(false, 'one'),
      is('phone', 'join'),
      ['place', 'note-end'],
    ],
    ['hears on while nothing changes', is('heard', 'coach'), facts(true, 'one'), is('heard', 'coach'), []],
  ])('%s', (_title, before, event, supervision, effects) => {
    expect(next(before, event)).toEqual({ supervision, effects })
  })

  it('is never heard or joined to a call without a line in the audit before', () => {
    const calls = [null, 'one', 'two']
    const events = [
      ...supervisionModes.map(mode),
      ...calls.flatMap((call) => [facts(true, call), facts(false, call), facts(true, call, false)]),
    ]
    for (const first of events)
      for (const second of events)
        for (const third of events) {
          let supervision = begin('join', 'one')
          let noted: string | null = null
          for (const event of [first, second, third]) {
            const step = next(supervision, event)
            for (const effect of step.effects) {
              if (effect === 'note-end') noted = null
              if (effect === 'note-begin') noted = step.supervision.call
              if (effect === 'place' && step.supervision.state === 'heard') {
                expect(noted).toBe(step.supervision.call)
              }
            }
            supervision = step.supervision
            if (supervision.state !== 'heard') expect(noted).toBeNull()
          }
        }
  })
})
