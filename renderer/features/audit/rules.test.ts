import { describe, expect, it } from 'vitest'
import { auditActions } from '../../../shared/crm-api/audit.ts'
import { roles } from '../../../shared/crm-api/resource.ts'
import type { CallRefusal } from '../../../shared/domain/campaign/law.ts'
import { outcomeEffects } from '../../../shared/domain/campaign/outcomes.ts'
import { supervisionModes } from '../../../shared/domain/supervision/supervision.ts'
import { actionKey, detailsOf, fields, isOfServer, isRefusal, type Entry } from './rules.ts'

interface Words {
  actions: Record<string, string>
  fields: Record<string, string>
  values: Record<string, Record<string, string>>
}
const catalogues = import.meta.glob<Words>('../../../resources/translations/*/audit.json', {
  eager: true,
  import: 'default',
})

/** A reason that is new in the law function does not compile here until it is named. */
const refusals: Readonly<Record<CallRefusal, true>> = {
  'do-not-call': true,
  'total-attempts': true,
  'after-end': true,
  'before-start': true,
  holiday: true,
  'law-hours': true,
  'campaign-hours': true,
  'daily-attempts': true,
}

const anna = '0190b5a4-0000-7000-8000-000000000001'
const nobody = '0190b5a4-0000-7000-8000-000000000002'
const entry = (part: Partial<Entry>): Entry => ({
  id: '1',
  at: 0,
  username: 'sara',
  address: '192.0.2.1',
  action: 'user.changed',
  subject: null,
  details: {},
  names: { [anna]: 'Anna Russo' },
  ...part,
})
const text = (said: string) => ({ kind: 'text', text: said })

it('has words in both languages', () => {
  expect(Object.keys(catalogues)).toHaveLength(2)
})

describe.each(Object.entries(catalogues))('the words of the audit in %s', (_file, words) => {
  it('are there for every action that the server writes, and for no other', () => {
    expect(Object.keys(words.actions).toSorted()).toEqual(auditActions.map(actionKey).toSorted())
  })
  it('are there for every field', () => {
    expect(Object.keys(words.fields).toSorted()).toEqual([...fields].toSorted())
  })
  it('are there for every role, effect, mode and refusal of a call', () => {
    expect(Object.keys(words.values.role ?? {})).toEqual(expect.arrayContaining([...roles]))
    expect(Object.keys(words.values.effect ?? {})).toEqual(expect.arrayContaining([...outcomeEffects]))
    expect(Object.keys(words.values.mode ?? {})).toEqual(expect.arrayContaining([...supervisionModes]))
    expect(Object.keys(words.values.reason ?? {})).toEqual(expect.arrayContaining(Object.keys(refusals)))
  })
  it('tell the actions of the filter apart', () => {
    const labels = Object.values(words.actions)
    expect(labels.filter((label, index) => labels.indexOf(label) !== index)).toEqual([])
  })
})

describe('an audit entry', () => {
  it('names its action without dots, for the texts', () => {
    expect(actionKey('session.sign-in-refused')).toBe('session-sign-in-refused')
  })
  it('is a refusal when its action says so', () => {
    expect(auditActions.filter(isRefusal)).toEqual([
      'session.sign-in-refused',
      'user.password-change-refused',
      'call.refused',
    ])
  })
  it('is the server’s own where nobody asked for it, from nowhere', () => {
    expect(isOfServer({ username: null, address: '' })).toBe(true)
    expect(isOfServer({ username: null, address: 'server' })).toBe(true)
    expect(isOfServer({ username: null, address: '192.0.2.1' })).toBe(false)
    expect(isOfServer({ username: 'anna', address: '' })).toBe(false)
  })
  it('calls its subject and the ids in its details by their names', () => {
    expect(
      detailsOf(entry({ action: 'user.created', subject: anna, details: { users: [anna, nobody] } })),
    ).toEqual([
      { field: 'user', isKnown: true, values: [text('Anna Russo')] },
      { field: 'users', isKnown: true, values: [text(`Anna Russo, ${nobody}`)] },
    ])
  })
  it('says once what subject and details both say, by its name', () => {
    const told = { action: 'supervision.started', subject: anna, details: { operator: 'anna.russo' } }
    expect(detailsOf(entry(told))).toEqual([
      { field: 'operator', isKnown: true, values: [text('Anna Russo')] },
    ])
    expect(detailsOf(entry({ ...told, names: {} }))).toEqual([
      { field: 'operator', isKnown: true, values: [text('anna.russo')] },
    ])
  })
  it('tells a change as before and after', () => {
    expect(detailsOf(entry({ details: { role: ['operator', 'supervisor'] } }))[0]?.values).toEqual([
      { kind: 'word', word: 'operator' },
      { kind: 'word', word: 'supervisor' },
    ])
    const mode = entry({ action: 'supervision.mode-changed', details: { mode: 'join', before: 'listen' } })
    expect(detailsOf(mode)).toEqual([
      {
        field: 'mode',
        isKnown: true,
        values: [
          { kind: 'word', word: 'listen' },
          { kind: 'word', word: 'join' },
        ],
      },
    ])
  })
  it('tells instants from figures, whether written as milliseconds or as ISO text', () => {
    const details = { until: 1_000, from: '1970-01-01T00:00:02.000Z', rows: 18_204, active: true, to: null }
    expect(detailsOf(entry({ details })).map(({ values }) => values[0])).toEqual([
      { kind: 'flag', is: true },
      { kind: 'instant', at: 1_000 },
      { kind: 'instant', at: 2_000 },
      { kind: 'nothing' },
      { kind: 'number', number: 18_204 },
    ])
  })
  it('says ids without a name after the rest, and last, as it is, what there are no words for', () => {
    const details = { somethingNew: { deep: [1, 2] }, campaign: nobody, pair: [1, 2], reason: 'other' }
    const told = detailsOf(entry({ action: 'attempt.skipped', subject: anna, names: {}, details }))
    expect(told.map(({ field, isKnown }) => [field, isKnown])).toEqual([
      ['reason', true],
      ['campaign', true],
      ['attempt', true],
      ['somethingNew', false],
      ['pair', false],
    ])
    expect(told.at(-1)?.values).toEqual([text('[1,2]')])
    expect(told.at(-2)?.values).toEqual([text('{"deep":[1,2]}')])
  })
  it('of a later server still shows its subject', () => {
    expect(detailsOf(entry({ action: 'trunk.moved', subject: 'north' }))).toEqual([
      { field: 'subject', isKnown: false, values: [text('north')] },
    ])
  })
})
