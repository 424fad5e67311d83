import { describe, expect, it } from 'vitest'
import { flatten, formOf, keysInCode, patternToTest, placeholders } from './catalogue.ts'

describe('a catalogue of texts', () => {
  it('gives each text its full key', () => {
    expect([...flatten({ common: { close: 'Chiudi', keys: { Enter: 'Invio' } } })]).toEqual([
      ['common.close', 'Chiudi'],
      ['common.keys.Enter', 'Invio'],
    ])
  })
  it('tells the key from the forms of gender and number', () => {
    expect(formOf('states.ready_f')).toEqual({ key: 'states.ready', gender: 'f', plural: null })
    expect(formOf('today.seen_m_other')).toEqual({ key: 'today.seen', gender: 'm', plural: 'other' })
    expect(formOf('campaign.from_file')).toEqual({ key: 'campaign.from_file', gender: null, plural: null })
  })
  it('knows the placeholders of a text', () => {
    expect(placeholders('{{b}} e {{ a, number }} e {{b}}')).toEqual(['a', 'b'])
  })
})

describe('keys found in code', () => {
  it('are those asked for, those put together, and those merely mentioned', () => {
    const source = "t('call.mute'); t(\"call.hold\", { n }); const key = 'nav.work'; t(`errors.${code}.what`)"
    expect(keysInCode(source)).toEqual({
      asked: ['call.mute', 'call.hold'],
      patterns: ['errors.${code}.what'],
      mentioned: ['call.mute', 'call.hold', 'nav.work'],
    })
  })
  it('put together from parts match whole keys only', () => {
    const test = patternToTest('errors.${code}.what')
    expect(test.test('errors.not-found.what')).toBe(true)
    expect(test.test('errors.not-found.whatever')).toBe(false)
    expect(test.test('xerrors.not-found.what')).toBe(false)
  })
})
