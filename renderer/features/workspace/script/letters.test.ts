import { describe, expect, it } from 'vitest'
import { pages } from '../../../../shared/domain/script/pages.ts'
import { mergeValues } from '../../../../shared/domain/script/merge.ts'
import type { ScriptElement } from '../../../../shared/domain/script/types.ts'
import { letterKeys } from './letters.ts'

const lettersOf = (elements: readonly ScriptElement[]) =>
  letterKeys(pages({ pages: [{ name: 'one', elements }] }, {}, mergeValues({}, {}, {})).pages[0]!.elements)

describe('the letters of a script page', () => {
  it('run on from question to question and to the objections', () => {
    const found = lettersOf([
      { type: 'radiogroup', name: 'connection', choices: ['ADSL', 'Fibra'] },
      { type: 'text', name: 'people' },
      { type: 'boolean', name: 'consent' },
      { type: 'html', name: 'time', cuffiaKind: 'objection', title: 'Non ho tempo', html: '…' },
    ])
    expect(found.map(({ letter, element, choice }) => `${letter} ${element} ${choice}`)).toEqual([
      'a connection 0',
      'b connection 1',
      'c consent 0',
      'd consent 1',
      'e time null',
    ])
  })
  it('leave out those that do something else', () => {
    const choices = Array.from({ length: 30 }, (_, index) => index + 1)
    const used = lettersOf([{ type: 'checkbox', name: 'many', choices }]).map(({ letter }) => letter)
    expect(used.join('')).toBe('abcdefghijklmoqrvwxyz')
  })
})
