import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { reasonToInstall } from './packages.mjs'

const folder = mkdtempSync(join(tmpdir(), 'cuffia-packages-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const here = { version: '1.0.0', integrity: 'sha512-here' }
const elsewhere = { version: '1.0.0', integrity: 'sha512-elsewhere', optional: true, os: ['other'] }

function reason(locked: object, installed?: object): string | undefined {
  const lock = join(folder, 'package-lock.json')
  const hidden = join(folder, installed === undefined ? 'missing.json' : 'installed.json')
  writeFileSync(lock, JSON.stringify({ packages: { '': { name: 'cuffia' }, ...locked } }))
  if (installed !== undefined) writeFileSync(hidden, JSON.stringify({ packages: installed }))
  return reasonToInstall(lock, hidden)
}

describe('packages are installed', () => {
  test('when nothing is installed', () => {
    expect(reason({ 'node_modules/a': here })).toBe('packages are not installed yet')
  })

  test('when one is missing', () => {
    expect(reason({ 'node_modules/a': here }, {})).toBe('node_modules/a is not installed')
  })

  test('when one has another version or content', () => {
    const other = { ...here, integrity: 'sha512-other' }
    expect(reason({ 'node_modules/a': here }, { 'node_modules/a': other })).toBe('node_modules/a has changed')
  })

  test('not when what is missing belongs to another system', () => {
    expect(
      reason({ 'node_modules/a': here, 'node_modules/b': elsewhere }, { 'node_modules/a': here }),
    ).toBeUndefined()
  })
})
