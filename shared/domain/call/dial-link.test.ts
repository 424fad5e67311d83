import fc from 'fast-check'
import { expect, test } from 'vitest'
import { numberFromLink, numberInArguments } from './dial-link.ts'

test.each([
  ['tel:+39-02-1234567', '+39021234567'],
  ['TEL:06%20123%20456', '06123456'],
  ['tel:0212345;ext=12', '0212345'],
  ['callto://3331234567', '3331234567'],
  ['sip:+39021234567@pbx.example;transport=tcp', '+39021234567'],
  ['sip:201@pbx.example', '201'],
  ['tel:*31#3331234567', '*31#3331234567'],
  ['sip:anna@pbx.example', undefined],
  ['tel:', undefined],
  ['tel:%zz', undefined],
  ['tel:1', undefined],
  ['tel:12345678901234567890123', undefined],
  ['https://example.org/tel:123', undefined],
  ['tel:123 --inspect', undefined],
])('%s means %s', (link, number) => {
  expect(numberFromLink(link)).toBe(number)
})

test('whatever the link says, only dialling signs come out', () => {
  fc.assert(
    fc.property(fc.constantFrom('tel:', 'callto:', 'sip:'), fc.string(), (scheme, rest) => {
      expect(numberFromLink(scheme + rest) ?? '12').toMatch(/^\+?[\d*#]{2,20}$/)
    }),
  )
})

test('the link is found among the arguments of the program', () => {
  expect(numberInArguments(['/opt/Cuffia/cuffia', '--flag', 'tel:02123'])).toBe('02123')
  expect(numberInArguments(['/opt/Cuffia/cuffia'])).toBeUndefined()
})
