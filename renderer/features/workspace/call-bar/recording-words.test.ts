import { describe, expect, it } from 'vitest'
import { recordingWord } from './recording-words.ts'

type Call = Parameters<typeof recordingWord>[0]
const call = (recording: Call['recording'], more: Partial<Call> = {}): Call => ({
  recording,
  phase: { name: 'talking', since: 0, held: false, muted: false },
  consult: null,
  ...more,
})
const consult = (talkingTo: 'customer' | 'consult' | 'both') =>
  ({ leg: 'l2', to: { kind: 'number', number: '204' }, state: 'up', talkingTo }) as unknown as Call['consult']
const held: Call['phase'] = { name: 'talking', since: 0, held: true, muted: false }

describe('the word for a recording', () => {
  it('says that it runs or not, whatever else is the case', () => {
    expect(recordingWord(call('on', { phase: held }), true)).toBe('on')
    expect(recordingWord(call('off'), true)).toBe('off')
  })
  it('says what a pause waits for', () => {
    expect(recordingWord(call('paused'), false)).toBe('paused')
    expect(recordingWord(call('paused', { phase: held }), false)).toBe('hold')
    expect(recordingWord(call('paused', { consult: consult('consult') }), false)).toBe('consult')
    expect(recordingWord(call('paused', { consult: consult('customer') }), false)).toBe('paused')
    expect(recordingWord(call('paused', { phase: held }), true)).toBe('sensitive')
  })
})
