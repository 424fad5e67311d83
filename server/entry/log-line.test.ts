import { describe, expect, test } from 'vitest'
import { createLog } from './log.ts'
import { logLine, maskPhones } from './log-line.ts'

function written(work: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = []
  work(createLog('debug', (line) => lines.push(line)))
  return lines.join('')
}

describe('a log line', () => {
  test('is short and for people', () => {
    const record = {
      level: 30,
      time: Date.UTC(2026, 10, 24, 8),
      msg: 'PostgreSQL is ready',
      pid: 12,
      at: 'a b',
    }
    expect(logLine(JSON.stringify(record))).toBe(
      '2026-11-24 08:00:00.000 info  PostgreSQL is ready pid=12 at="a b"',
    )
  })

  test.each(['password', 'newPassword', 'token', 'sessionToken', 'authorization', 'cookie', 'clientSecret'])(
    'never shows the value of %s, however deep',
    (key) => {
      const text = written((log) => log.info({ request: { list: [{ [key]: 'hunter2-hunter2' }] } }, 'asked'))
      expect(text).toContain(key)
      expect(text).not.toContain('hunter2')
    },
  )

  test('never shows a bearer token in a text', () => {
    expect(written((log) => log.warn('got Authorization: Bearer abc.DEF-123'))).not.toContain('abc.DEF-123')
  })

  test('shows where an error comes from, and not the row that PostgreSQL quotes', () => {
    const error = Object.assign(new Error('duplicate key'), { detail: 'Key (name)=(Rossi) already exists.' })
    const text = written((log) => log.error({ err: error }, 'failed'))
    expect(text).toContain('Error: duplicate key\n')
    expect(text).toContain('log-line.test.ts')
    expect(text).not.toContain('Rossi')
  })
})

describe('phone numbers in a log line', () => {
  test.each([
    '+393331234567',
    '+39 02 1234567',
    '+390212345678',
    '3331234567',
    '333 1234567',
    '333/1234567',
    '333-123.45.67',
    '0212345678',
    '02 1234 5678',
    '0575/123456',
  ])('%s is masked', (phone) => {
    const masked = maskPhones(`dialling ${phone} now`)
    expect(masked).not.toContain(phone)
    expect(masked).toMatch(/^dialling .{3}•+.{2} now$/)
    const text = written((log) => log.info({ call: { phone } }, `dialling ${phone}`))
    expect(text).not.toContain(phone)
  })

  test.each([
    '2026-11-24 08:00:00.123',
    '1795508627561',
    '019ab3c4-5d6e-7f80-9123-456789012345',
    'port 8643',
    '127.0.0.1:54321',
    'pid=4153',
  ])('%s is none', (text) => {
    expect(maskPhones(text)).toBe(text)
  })
})
