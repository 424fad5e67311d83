import { describe, expect, it } from 'vitest'
import type { Colleague, Group } from '../../../../shared/crm-api/lines.ts'
import type { CampaignId, UserId } from '../../../../shared/std/ids.ts'
import { isFree, neighbour, targets } from './destinations.ts'

const colleague = (user: string, name: string, state: Colleague['state']): Colleague => ({
  user: user as UserId,
  name,
  state,
})
const colleagues = [
  colleague('u2', 'Luca Bruni', 'talking'),
  colleague('u5', 'Nicolò Serra', 'ready'),
  colleague('u6', 'Giulia Testa', 'break'),
]
const own = 'k1' as CampaignId
const group = (campaign: string, name: string, here: number, idle: number): Group => ({
  campaign: campaign as CampaignId,
  name,
  here,
  idle,
})
const groups = [
  group('k0', 'Amministrazione', 0, 0),
  group('k2', 'Assistenza', 2, 1),
  group('k1', 'Vendite', 1, 0),
]
const listed = (text: string) => targets({ colleagues, groups, own, text })
const found = (text: string) =>
  listed(text).map((target) => (isFree(target) ? target.name : `(${target.name})`))

describe('whom a call can be handed on to', () => {
  it('begins with who is ready, then the groups, the own one first; who is not there is shown and cannot be chosen', () => {
    expect(found('')).toEqual([
      'Nicolò Serra',
      'Vendite',
      'Assistenza',
      '(Luca Bruni)',
      '(Giulia Testa)',
      '(Amministrazione)',
    ])
  })
  it('can wait in a group where nobody is free, where nobody can be asked', () => {
    expect(listed('vendite')[0]).toMatchObject({ canAsk: false, canHandOver: true })
    expect(listed('assistenza')[0]).toMatchObject({ canAsk: true, canHandOver: true })
  })
  it('is narrowed by typing, with or without accents', () => {
    expect(found('nicolo')).toEqual(['Nicolò Serra'])
    expect(found('zzz')).toEqual([])
  })
  it('is the number that was typed, in any form people write it', () => {
    expect(listed('081/5523344')[0]).toMatchObject({
      kind: 'number',
      to: { kind: 'number', number: '+390815523344' },
    })
  })
  it('is a short number as it stands, and no number that is not whole', () => {
    expect(listed('204')[0]).toMatchObject({
      kind: 'short',
      to: { kind: 'number', number: '204' },
    })
    expect(found('33123456')).toEqual([])
  })
})

describe('the next one to choose', () => {
  const list = listed('')
  it('goes round and passes over who cannot be chosen', () => {
    expect(neighbour(list, 0, 1)).toBe(1)
    expect(neighbour(list, 2, 1)).toBe(0)
    expect(neighbour(list, 0, -1)).toBe(2)
  })
  it('stays where nobody can be chosen', () => {
    const busy = listed('luca')
    expect(neighbour(busy, 0, 1)).toBe(0)
  })
})
