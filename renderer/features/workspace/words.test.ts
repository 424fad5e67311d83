import { describe, expect, it } from 'vitest'
import type { Offer } from '../../../shared/crm-api/work.ts'
import type { Work } from '../../../shared/contract/call.ts'
import { formats } from '../../ui/format.ts'
import { comingText, contactName, namesOf, partyName, phoneText, stageOf } from './words.ts'

const withPhase = (phase: object) => ({ dialing: false, call: { phase } }) as unknown as Work

describe('a contact', () => {
  it('is called by its person, or by its company where there is none', () => {
    expect(contactName({ firstName: 'Maria', lastName: 'Esposito', company: 'Telenova' })).toBe(
      'Maria Esposito',
    )
    expect(contactName({ firstName: '', lastName: 'Esposito', company: '' })).toBe('Esposito')
    expect(contactName({ firstName: '', lastName: '', company: 'Bianchi S.n.c.' })).toBe('Bianchi S.n.c.')
  })
  it('has its number written as in Italy', () => {
    expect(phoneText('+393312345678')).toBe('331 234 5678')
  })
})

describe('who is on the line', () => {
  const t = (key: string) => key
  const phones = [{ e164: '+390815520008' }]
  const from = '+390815559900'
  const named = (who: { firstName?: string; caller?: object | null; kind?: string }) =>
    partyName(
      {
        contact: { firstName: who.firstName ?? '', lastName: '', company: '', phones },
        caller: who.caller ?? null,
        record: { kind: who.kind ?? 'new' },
      } as unknown as Offer,
      t,
    )
  it('is the contact, else what the network says of the caller, else the number', () => {
    expect(named({ firstName: 'Maria', caller: { from, name: 'STUDIO NERI' } })).toBe('Maria')
    expect(named({ caller: { from, name: 'STUDIO NERI' } })).toBe('STUDIO NERI')
    expect(named({ caller: { from, name: '' } })).toBe('081 555 9900')
    expect(named({ caller: { from: null, name: '' } })).toBe('call.caller.withheld')
  })
  it('is the number itself where it was dialled by hand and nobody has it', () => {
    expect(named({ kind: 'manual' })).toBe('081 552 0008')
    expect(named({})).toBe('call.noName')
  })
})

describe('the stage of the record on the desk', () => {
  it('is preview until somebody dials, and dialing until the server agreed', () => {
    expect(stageOf({ call: null, dialing: false })).toBe('preview')
    expect(stageOf({ call: null, dialing: true })).toBe('dialing')
  })
  it('follows the phase of the call', () => {
    expect(stageOf(withPhase({ name: 'ringing' }))).toBe('ringing')
    expect(stageOf(withPhase({ name: 'talking', since: 0, held: false, muted: true }))).toBe('talking')
    expect(stageOf(withPhase({ name: 'talking', since: 0, held: true, muted: false }))).toBe('held')
    expect(stageOf(withPhase({ name: 'wrap-up', since: 0 }))).toBe('wrap-up')
  })
})

describe('the name of the operator', () => {
  it('is split at its first blank', () => {
    expect(namesOf('Anna De Rosa')).toEqual({ firstName: 'Anna', lastName: 'De Rosa' })
    expect(namesOf('Anna')).toEqual({ firstName: 'Anna', lastName: '' })
  })
})

describe('an instant to come', () => {
  const format = formats('it-IT', 'Europe/Rome')
  const now = Date.UTC(2026, 10, 24, 8, 0)
  it('is written as its time while it is today', () => {
    expect(comingText(format, Date.UTC(2026, 10, 24, 14, 30), now)).toBe('15:30')
  })
  it('has its date in front on other days', () => {
    expect(comingText(format, Date.UTC(2026, 10, 25, 9, 0), now)).toBe('25/11 10:00')
  })
})
