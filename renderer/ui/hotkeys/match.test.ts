import { describe, expect, it } from 'vitest'
import { ariaKeys, keyCaps, normaliseKeys, pressName, type Press } from './keys.ts'
import { chordMs, conflicts, defaultHotkeySettings, react, type Pending, type Place } from './match.ts'

const press = (key: string, held: Partial<Press> = {}): Press => ({
  key,
  ctrl: false,
  alt: false,
  shift: false,
  meta: false,
  ...held,
})
const bindings = [
  { id: 'palette', keys: ['Ctrl+K'] },
  { id: 'help', keys: ['?'] },
  { id: 'answer', keys: ['F2'] },
  { id: 'next-page', keys: ['Enter', 'PageDown'] },
  { id: 'outcome-1', keys: ['1', 'Ctrl+Enter 1'] },
]
const at = (
  key: string,
  place: Place,
  held: Partial<Press> = {},
  pending: Pending | null = null,
  settings = defaultHotkeySettings,
  when = 0,
) => react({ ...press(key, held), place, at: when }, pending, bindings, settings)

describe('names of keys', () => {
  it('are the same whatever the keyboard layout or caps lock does', () => {
    expect(pressName(press('?', { shift: true }))).toBe('?')
    expect(pressName(press('D'))).toBe('D')
    expect(pressName(press('d'))).toBe('D')
    expect(pressName(press('PageDown', { shift: true }))).toBe('Shift+PageDown')
  })
  it('of lone modifiers and dead keys are empty', () => {
    expect(pressName(press('Control', { ctrl: true }))).toBe('')
    expect(pressName(press('Dead'))).toBe('')
  })
  it('are accepted loosely from settings', () => {
    expect(normaliseKeys(' ctrl+k ')).toBe('Ctrl+K')
    expect(normaliseKeys('control+enter 1')).toBe('Ctrl+Enter 1')
    expect(normaliseKeys('pgdn')).toBe('PageDown')
    expect(normaliseKeys('+')).toBe('+')
  })
  it('are told to screen readers in their notation, and shown as keycaps', () => {
    expect(ariaKeys('Ctrl+K')).toBe('Control+K')
    expect(ariaKeys('Ctrl+Enter 1')).toBeUndefined()
    expect(keyCaps('Ctrl+Enter 1', { Enter: 'Invio' })).toEqual([['Ctrl', 'Invio'], ['1']])
  })
})

describe('a key press', () => {
  it('on a function key works from everywhere, dialogs included', () => {
    for (const place of ['page', 'button', 'choice', 'text', 'closed'] as const) {
      expect(at('F2', place)).toEqual({ do: 'run', id: 'answer' })
    }
  })
  it('on a single key works only where nothing would be typed', () => {
    expect(at('1', 'page')).toEqual({ do: 'run', id: 'outcome-1' })
    expect(at('1', 'button')).toEqual({ do: 'run', id: 'outcome-1' })
    expect(at('1', 'text')).toEqual({ do: 'nothing' })
    expect(at('1', 'closed')).toEqual({ do: 'nothing' })
  })
  it('on Enter belongs to a focused button but not to a focused choice', () => {
    expect(at('Enter', 'button')).toEqual({ do: 'nothing' })
    expect(at('Enter', 'choice')).toEqual({ do: 'run', id: 'next-page' })
    expect(at('Enter', 'text')).toEqual({ do: 'nothing' })
  })
  it('on Escape leaves a text field', () => {
    expect(at('Escape', 'text')).toEqual({ do: 'leave-field' })
    expect(at('Escape', 'page')).toEqual({ do: 'nothing' })
  })
  it('with Ctrl works inside a text field', () => {
    expect(at('k', 'text', { ctrl: true })).toEqual({ do: 'run', id: 'palette' })
  })
})

describe('Ctrl+Enter and then a digit', () => {
  const first = at('Enter', 'text', { ctrl: true }, null, defaultHotkeySettings, 1_000)
  const pending: Pending = { prefix: 'Ctrl+Enter', at: 1_000 }

  it('waits for the digit after the first press', () => {
    expect(first).toEqual({ do: 'wait', pending })
  })
  it('runs the outcome from inside a text field', () => {
    expect(at('1', 'text', {}, pending, defaultHotkeySettings, 2_000)).toEqual({ do: 'run', id: 'outcome-1' })
  })
  it('swallows a second press that means nothing', () => {
    expect(at('x', 'text', {}, pending, defaultHotkeySettings, 2_000)).toEqual({ do: 'give-up' })
  })
  it('is forgotten after its time', () => {
    expect(at('1', 'text', {}, pending, defaultHotkeySettings, 1_001 + chordMs)).toEqual({ do: 'nothing' })
  })
})

describe('settings', () => {
  it('give an action other keys', () => {
    const settings = { remap: { answer: ['f12'] }, singleKeys: true }
    expect(at('F2', 'page', {}, null, settings)).toEqual({ do: 'nothing' })
    expect(at('F12', 'page', {}, null, settings)).toEqual({ do: 'run', id: 'answer' })
  })
  it('switch single keys off and leave the chord working', () => {
    const settings = { remap: {}, singleKeys: false }
    expect(at('1', 'page', {}, null, settings)).toEqual({ do: 'nothing' })
    expect(at('?', 'page', {}, null, settings)).toEqual({ do: 'nothing' })
    expect(at('1', 'text', {}, { prefix: 'Ctrl+Enter', at: 0 }, settings)).toEqual({
      do: 'run',
      id: 'outcome-1',
    })
    expect(at('Enter', 'page', {}, null, settings)).toEqual({ do: 'run', id: 'next-page' })
  })
  it('show which actions would share a key', () => {
    const settings = { remap: { help: ['1'] }, singleKeys: true }
    expect([...conflicts(bindings, settings)]).toEqual([['1', ['help', 'outcome-1']]])
    expect(conflicts(bindings, defaultHotkeySettings).size).toBe(0)
  })
  it('let the action registered last take a key over', () => {
    const both = [...bindings, { id: 'call-back', keys: ['F2'] }]
    const reaction = react({ ...press('F2'), place: 'page', at: 0 }, null, both, defaultHotkeySettings)
    expect(reaction).toEqual({ do: 'run', id: 'call-back' })
  })
})
