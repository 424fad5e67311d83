import { describe, expect, it } from 'vitest'
import type { Desk } from '../../../shared/contract/call.ts'
import { actionOf, lampsOf } from './rules.ts'

const active = (...ids: string[]) => ids.map((id) => ({ id }))
const work = (phase: object, direction: 'in' | 'out' = 'out') =>
  ({ work: { call: { phase, direction } }, asked: null }) as unknown as Pick<Desk, 'work' | 'asked'>
const colleague = (state: string) => ({ work: null, asked: { state } }) as unknown as ReturnType<typeof work>

describe('a key of the headset', () => {
  it('answers when it rings, and dials the record on the screen otherwise', () => {
    expect(actionOf('hook-off', active('call.answer', 'call.dial'))?.id).toBe('call.answer')
    expect(actionOf('hook-off', active('call.dial'))?.id).toBe('call.dial')
  })
  it('does nothing that could not be done by keyboard now', () => {
    expect(actionOf('hook-on', active('call.dial', 'page.palette'))).toBeUndefined()
    expect(actionOf('mute', [])).toBeUndefined()
  })
  it('redials the last number where no record waits to be called', () => {
    expect(actionOf('redial', active('call.redial', 'call.dial'))?.id).toBe('call.dial')
    expect(actionOf('redial', active('call.redial'))?.id).toBe('call.redial')
  })
  it('swaps during a consult and holds otherwise', () => {
    expect(actionOf('flash', active('call.hold', 'call.swap'))?.id).toBe('call.swap')
    expect(actionOf('flash', active('call.hold'))?.id).toBe('call.hold')
  })
})

describe('the lamps', () => {
  it('follow the call on the desk', () => {
    expect(lampsOf({ work: null, asked: null })).toEqual({
      offHook: false,
      ring: false,
      mute: false,
      hold: false,
    })
    expect(lampsOf(work({ name: 'ringing' }, 'in'))).toMatchObject({ ring: true, offHook: false })
    expect(lampsOf(work({ name: 'ringing' }))).toMatchObject({ ring: false, offHook: true })
    expect(lampsOf(work({ name: 'talking', muted: true, held: false }))).toEqual({
      offHook: true,
      ring: false,
      mute: true,
      hold: false,
    })
    expect(lampsOf(work({ name: 'wrap-up' }))).toMatchObject({ offHook: false })
  })
  it('ring for a colleague who asks, and show that one talks to them', () => {
    expect(lampsOf(colleague('ringing'))).toMatchObject({ ring: true, offHook: false })
    expect(lampsOf(colleague('up'))).toMatchObject({ ring: false, offHook: true })
  })
})
