import { describe, expect, it } from 'vitest'
import type { Colleague, Group } from '../../../../shared/crm-api/lines.ts'
import type { CampaignId, UserId } from '../../../../shared/std/ids.ts'
import { neighbour, targets } from './destinations.ts'

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
const group = (campaign: string, name: string, here: number): Group => ({
  campaign: campaign as CampaignId,
  name,
  here,
  idle: 0,
})
const groups = [group('k0', 'Amministrazione', 0), group('k2', 'Assistenza', 2), group('k1', 'Vendite', 1)]
const found = (text: string) =>
  targets({ colleagues, groups, own, text }).map(({ name, isFree }) => (isFree ? name : `(${name})`))

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
  it('is narrowed by typing, with or without accents', () => {
    expect(found('nicolo')).toEqual(['Nicolò Serra'])
    expect(found('zzz')).toEqual([])
  })
  it('is the number that was typed, in any form people write it', () => {
    expect(targets({ colleagues, groups, own, text: '081/5523344' })[0]).toMatchObject({
      kind: 'number',
      to: { kind: 'number', number: '+390815523344' },
    })
  })
  it('is a short number as it stands, and no number that is not whole', () => {
    expect(targets({ colleagues, groups, own, text: '204' })[0]).toMatchObject({
      kind: 'short',
      to: { kind: 'number', number: '204' },
    })
    expect(found('33123456')).toEqual([])
  })
})

describe('the next one to choose', () => {
  const list = targets({ colleagues, groups, own, text: '' })
  it('goes round and passes over who cannot be chosen', () => {
    expect(neighbour(list, 0, 1)).toBe(1)
    expect(neighbour(list, 2, 1)).toBe(0)
    expect(neighbour(list, 0, -1)).toBe(2)
  })
  it('stays where nobody can be chosen', () => {
    const busy = targets({ colleagues: [colleagues[0]!], groups, own, text: 'luca' })
    expect(neighbour(busy, 0, 1)).toBe(0)
  })
})
