import { describe, expect, it } from 'vitest'
import { duplicateKey, mapRow } from './map-row.ts'
import type { ContactDraft, MappedRow } from './map-row.ts'
import { suggestMapping } from './suggest-mapping.ts'

const options = { country: 'IT', today: '2026-11-24' } as const
const contactOf = (row: MappedRow): ContactDraft => {
  if (!row.ok) throw new Error(`no contact: ${JSON.stringify(row)}`)
  return row.contact
}

describe('the suggested mapping', () => {
  const suggest = (headers: string[], ...sample: string[][]) =>
    Object.values(suggestMapping(headers, sample, 'IT'))

  it('knows the headers that Italian and English lists have', () => {
    expect(
      suggest(['COGNOME', 'Nome', 'RAGIONE SOCIALE', "CITTA'", 'E-mail', 'CAP', 'PROV', 'CONS_MKT']),
    ).toEqual([
      'lastName',
      'firstName',
      'company',
      'city',
      'email',
      'postcode',
      'province',
      'marketingConsent',
    ])
    expect(
      suggest(['CELL', 'TEL1', 'Telefono casa', 'Fax', 'ID_CLIENTE', 'Data di nascita', 'Indirizzo', 'Note']),
    ).toEqual(['phone1', 'phone2', 'phone3', 'custom:Fax', 'externalId', 'birthDate', 'street', 'note'])
    expect(suggest(['firstName', 'Last Name', 'Phone Number', 'Zip', 'Address', 'Opt-in'])).toEqual([
      'firstName',
      'lastName',
      'phone1',
      'postcode',
      'street',
      'marketingConsent',
    ])
    expect(suggest(['Cognome e nome', 'Numero di telefono', 'Consenso privacy'])).toEqual([
      'lastNameFirst',
      'phone1',
      'marketingConsent',
    ])
  })

  it('takes a lone name of two words for a full name', () => {
    expect(suggest(['Nome', 'Tel'], ['Maria Esposito', '0810123456'])).toEqual(['fullName', 'phone1'])
    expect(suggest(['Nome', 'Tel'], ['Maria', '0810123456'])).toEqual(['firstName', 'phone1'])
  })

  it('makes fields of its own for what it does not know, never two of one name, and ignores empty columns', () => {
    expect(suggest(['Piano tariff.', 'Fonte', 'Fonte', ''], ['A', 'b', 'c', ''])).toEqual([
      'custom:Piano tariff',
      'custom:Fonte',
      'custom:Fonte 3',
      'ignore',
    ])
  })

  it('looks into columns whose header says nothing', () => {
    expect(
      suggest(['Campo 1', 'Campo 2'], ['394 1234567', 'a@example.com'], ['081 0123456', 'b@example.com']),
    ).toEqual(['phone1', 'email'])
  })
})

describe('one row', () => {
  const fields = [
    'lastName',
    'firstName',
    'phone1',
    'phone2',
    'birthDate',
    'marketingConsent',
    'postcode',
    'email',
  ] as const
  const mapping = Object.fromEntries(fields.map((field, column) => [column, field]))
  const map = (values: Partial<Record<(typeof fields)[number], string>>) =>
    mapRow(
      fields.map((field) => ({ lastName: 'Russo', phone1: '394 1234567', ...values })[field] ?? ''),
      mapping,
      options,
    )

  it('is rejected without a number to call, with the reason', () => {
    expect(map({ phone1: '' })).toEqual({ ok: false, problems: [{ column: 2, code: 'no-phone', value: '' }] })
    expect(map({ phone1: 'n.d.', phone2: '12' })).toMatchObject({
      problems: [
        { column: 2, code: 'phone-letters', value: 'n.d.' },
        { column: 3, code: 'phone-too-short', value: '12' },
      ],
    })
    expect(map({ phone1: '899 123456' })).toMatchObject({ problems: [{ code: 'phone-premium' }] })
    expect(map({ phone1: '081 0123456/57' })).toMatchObject({ problems: [{ code: 'phone-several-numbers' }] })
  })

  it('is rejected when there is nobody to ask for', () => {
    expect(map({ lastName: ' ' })).toEqual({
      ok: false,
      problems: [{ column: 0, code: 'no-name', value: '' }],
    })
  })

  it('is accepted by its second number when the first is bad', () => {
    expect(map({ phone1: '12', phone2: '081 0123456' })).toMatchObject({
      ok: true,
      contact: { phones: [{ e164: '+390810123456' }], custom: { phone1: '12' } },
      warnings: [{ column: 2, code: 'phone-too-short', value: '12' }],
    })
  })

  it('has no number twice, and its key is the number to call', () => {
    const contact = contactOf(map({ phone2: '+39 394 123 45 67' }))
    expect(contact.phones).toHaveLength(1)
    expect(duplicateKey(contact)).toBe('+393941234567')
  })

  it.each([
    ['12/5/1980', '1980-05-12'],
    ['12-05-80', '1980-05-12'],
    ['12.05.1980', '1980-05-12'],
    ['1980-05-12', '1980-05-12'],
    ['12/05/1980 00:00:00', '1980-05-12'],
    ['1980-05-12T00:00:00Z', '1980-05-12'],
    ['29353', '1980-05-12'],
    ['29353.0', '1980-05-12'],
    ['1/1/26', '2026-01-01'],
    ['1/1/27', '1927-01-01'],
    ['29/2/2000', '2000-02-29'],
  ])('reads the date %s as %s', (text, expected) => {
    expect(map({ birthDate: text })).toMatchObject({ contact: { birthDate: expected }, warnings: [] })
  })

  it.each([
    '30/2/1980',
    '29/2/1900',
    '1/13/1980',
    '25/11/2026',
    'maggio 1980',
    '0/0/0000',
    '5',
    '1850-01-01',
  ])('warns of the date %s and keeps its text', (text) => {
    expect(map({ birthDate: text })).toMatchObject({
      contact: { birthDate: null, custom: { birthDate: text } },
      warnings: [{ column: 4, code: 'bad-date', value: text }],
    })
  })

  it('reads the words for consent, and takes silence for none', () => {
    const consent = (text: string) => contactOf(map({ marketingConsent: text })).marketingConsent
    expect(['SI', 'Sì', 's', 'S.', '1', 'x', 'vero', 'YES'].map(consent)).toEqual(Array(8).fill(true))
    expect(['NO', 'n', '0', 'falso', 'false'].map(consent)).toEqual(Array(5).fill(false))
    expect(consent('')).toBeNull()
    expect(map({ marketingConsent: 'boh' })).toMatchObject({
      contact: { marketingConsent: null, custom: { marketingConsent: 'boh' } },
      warnings: [{ code: 'bad-consent' }],
    })
  })

  it('puts the zeros of a postcode back and warns of a bad address of mail', () => {
    expect(contactOf(map({ postcode: '185' })).postcode).toBe('00185')
    expect(contactOf(map({ postcode: "'00185" })).postcode).toBe('00185')
    expect(map({ email: 'anna at example' })).toMatchObject({
      contact: { email: '' },
      warnings: [{ code: 'bad-email' }],
    })
  })
})

describe('names in one cell', () => {
  const split = (field: 'fullName' | 'lastNameFirst', text: string) => {
    const { firstName, lastName } = contactOf(
      mapRow([text, '3941234567'], { 0: field, 1: 'phone1' }, options),
    )
    return [firstName, lastName]
  }

  it('are split at the particle of the surname, or before its last word', () => {
    expect(split('fullName', 'Maria Esposito')).toEqual(['Maria', 'Esposito'])
    expect(split('fullName', 'Maria Grazia De Luca')).toEqual(['Maria Grazia', 'De Luca'])
    expect(split('fullName', 'Cher')).toEqual(['', 'Cher'])
    expect(split('lastNameFirst', 'Esposito Maria Grazia')).toEqual(['Maria Grazia', 'Esposito'])
    expect(split('lastNameFirst', 'De Luca Anna')).toEqual(['Anna', 'De Luca'])
  })
})
