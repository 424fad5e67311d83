import { expect, test } from 'vitest'
import { createLog } from './log.ts'

test('phone numbers are masked in messages, fields and errors', () => {
  const lines: string[] = []
  const log = createLog((line) => lines.push(line))
  log.info({ to: '+393471234567', call: 'c-1' }, 'dialing +393471234567')
  log.error({ error: new Error('no route to +390815523344') }, 'the line refused')
  expect(lines.join('')).not.toMatch(/3471234|5523344/)
  expect(lines[0]).toMatch(
    /^\d\d:\d\d:\d\d info {2}dialing \+39•••••567 \{"to":"\+39•••••567","call":"c-1"\}\n$/,
  )
  expect(lines[1]).toContain('no route to +39•••••344')
})
