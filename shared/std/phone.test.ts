import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatPhone, maskPhone, parsePhone } from './phone.ts'

const e164 = (raw: string) => {
  const parsed = parsePhone(raw, 'IT')
  return parsed.ok ? parsed.e164 : parsed.reason
}

describe('a phone number as Italian spreadsheets have it', () => {
  it.each([
    ['081/552.33.44', '+390815523344'],
    ['(081) 5523344', '+390815523344'],
    ['+39 (347) 11.22.333', '+393471122333'],
    ['0039 347 1122333', '+393471122333'],
    ['39 347 1122333', '+393471122333'],
    ['393471122333', '+393471122333'],
    ['+39081 5523344', '+390815523344'],
    ['+39 (0)81 5523344', '+390815523344'],
    ['347-112-233-3', '+393471122333'],
    ['347\u00a0112\u00a02333', '+393471122333'],
    ['347–1122333', '+393471122333'],
    ['\u202a+39 347 112 2333\u202c', '+393471122333'],
    ['３４７１１２２３３３', '+393471122333'],
    ['٣٤٧١١٢٢٣٣٣', '+393471122333'],
    ["'0815523344", '+390815523344'],
    ['="0815523344"', '+390815523344'],
    ['3471122333.0', '+393471122333'],
    ['3471122333,00', '+393471122333'],
    ['Tel. 081 5523344', '+390815523344'],
    ['cell: 347 1122333', '+393471122333'],
    ['02 12345678', '+390212345678'],
    ['0825 71234', '+39082571234'],
    ['800 123 456', '+39800123456'],
    ['+41 44 668 18 00', '+41446681800'],
    ['00442079460018', '+442079460018'],
  ])('reads %s as %s', (raw, expected) => {
    expect(e164(raw)).toBe(expected)
  })

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['-', 'empty'],
    ['n.d.', 'letters'],
    ['081 55A3344', 'letters'],
    ['0815523344 int. 12', 'letters'],
    ['187', 'too-short'],
    ['112', 'too-short'],
    ['5523344', 'too-short'],
    ['347 112 23', 'too-short'],
    ['331 234 567 89', 'too-long'],
    ['34711223334445', 'too-long'],
    ['3,31235E+09', 'not-a-number'],
    ['3.47112E+9', 'not-a-number'],
    ['0000000000', 'not-a-number'],
    ['081 552 3344 '.repeat(20), 'not-a-number'],
    ['081 5523344 / 331 2345678', 'several-numbers'],
    ['0815523344 - 3312345678', 'several-numbers'],
    ['0815523344;3312345678', 'several-numbers'],
    ['0815523344\n3312345678', 'several-numbers'],
    ['081 5523344 e 331 2345678', 'several-numbers'],
    ['+390815523344 +393312345678', 'several-numbers'],
    ['081 5523344/45', 'several-numbers'],
  ])('refuses %j because it is %s', (raw, reason) => {
    expect(e164(raw)).toBe(reason)
  })

  it('tells the kinds of number apart', () => {
    const kinds = ['3471122333', '0815523344', '800123456', '899123456', '199123456'].map((raw) => {
      const parsed = parsePhone(raw, 'IT')
      return parsed.ok && parsed.kind
    })
    expect(kinds).toEqual(['mobile', 'landline', 'toll-free', 'premium', 'premium'])
  })
})

describe('a landline whose zero a spreadsheet has eaten', () => {
  it('gets it back when only that makes the number valid, and says so', () => {
    expect(parsePhone('815523344', 'IT')).toMatchObject({
      e164: '+390815523344',
      kind: 'landline',
      zeroRestored: true,
    })
    expect(parsePhone('+39 815523344', 'IT')).toMatchObject({ e164: '+390815523344', zeroRestored: true })
    expect(parsePhone('0815523344', 'IT')).toMatchObject({ zeroRestored: false })
  })

  it('never comes out of a mobile, of a toll-free number or of a local number without area code', () => {
    expect(parsePhone('331234567', 'IT')).toMatchObject({ e164: '+39331234567', kind: 'mobile' })
    expect(e164('80012345678')).toBe('not-a-number')
    expect(e164('66712345')).toBe('too-short')
  })

  it('is not looked for in other countries', () => {
    expect(parsePhone('+41 15523344', 'IT').ok).toBe(false)
  })
})

const mobile = fc
  .tuple(
    fc.constantFrom('320', '328', '331', '333', '339', '340', '347', '349', '366', '380', '391'),
    fc.stringMatching(/^\d{7}$/),
  )
  .map(([prefix, rest]) => prefix + rest)
const landline = fc
  .tuple(fc.constantFrom('081', '011', '051', '0825', '0823'), fc.stringMatching(/^[2-9]\d{5}$/))
  .map(([area, rest]) => area + rest)
const italian = fc.oneof(mobile, landline)

describe('for every Italian number', () => {
  it('what is shown reads back as the same number, at home and abroad', () => {
    fc.assert(
      fc.property(italian, fc.constantFrom('IT' as const, 'CH' as const), (digits, viewer) => {
        expect(parsePhone(formatPhone(`+39${digits}`, viewer), viewer)).toMatchObject({
          ok: true,
          e164: `+39${digits}`,
        })
      }),
    )
  })

  it('blanks, dots, slashes, dashes and brackets change nothing', () => {
    const noise = fc.constantFrom('', '', ' ', '.', '-', '/', '\u00a0', '(', ')')
    fc.assert(
      fc.property(italian, fc.array(noise, { minLength: 12, maxLength: 12 }), (digits, marks) => {
        const noisy = [...digits].map((digit, index) => digit + marks[index]).join('')
        expect(parsePhone(noisy, 'IT')).toMatchObject({ ok: true, e164: `+39${digits}` })
      }),
    )
  })

  it('any way to write the country code gives the same number', () => {
    fc.assert(
      fc.property(italian, fc.constantFrom('', '+39', '+39 ', '0039', '0039 ', '+39-'), (digits, prefix) => {
        expect(parsePhone(prefix + digits, 'IT')).toMatchObject({ ok: true, e164: `+39${digits}` })
      }),
    )
  })

  it('no text whatever makes the reader throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(typeof parsePhone(text, 'IT').ok).toBe('boolean')
      }),
    )
  })
})

describe('a phone number on the screen and in the log', () => {
  it('is grouped as Italians read it, with the country code only for other countries', () => {
    expect(formatPhone('+393312345678', 'IT')).toBe('331 234 5678')
    expect(formatPhone('+390815523344', 'IT')).toBe('081 552 3344')
    expect(formatPhone('+390815523344', 'CH')).toBe('+39 081 552 3344')
    expect(formatPhone('+41446681800', 'IT')).toBe('+41 44 668 18 00')
    expect(formatPhone('anonymous', 'IT')).toBe('anonymous')
  })

  it('is masked but for country and last three digits', () => {
    expect(maskPhone('+393312345678')).toBe('+39•••••678')
    expect(maskPhone('anonymous')).toBe('•••••')
    expect(maskPhone('1234')).toBe('•••••')
  })
})
