import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { contentSecurityPolicy } from './content-security-policy.ts'

test('nothing comes from elsewhere and no inline or evaluated script runs', () => {
  const policy = contentSecurityPolicy()
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self';")
  expect(policy).not.toMatch(/unsafe|\*|https?:/)
})

test('only socket addresses can be added, never a wildcard or a directive', () => {
  const connect = [
    'wss://pbx.example:8089',
    'wss://*',
    "wss://a; script-src 'unsafe-inline'",
    'https://x.example',
  ]
  expect(contentSecurityPolicy({ connect })).toContain("connect-src 'self' wss://pbx.example:8089;")
})

test('the one style that react-aria writes by itself is allowed by its hash', () => {
  const source = readFileSync('node_modules/react-aria/dist/private/interactions/usePress.mjs', 'utf8')
  const attribute = /PRESSABLE_ATTRIBUTE = '([^']+)'/.exec(source)?.[1] ?? ''
  const template = /style\.textContent = `([^`]+)`\.trim\(\)/.exec(source)?.[1] ?? ''
  const style = template.replace(/\$\{[^}]*\}/, attribute).trim()
  const hash = createHash('sha256').update(style).digest('base64')
  expect(contentSecurityPolicy()).toContain(`'sha256-${hash}'`)
})
