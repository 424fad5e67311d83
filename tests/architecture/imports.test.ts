import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { factsOf, problemsOf, rowOf } from './checker.ts'
import { longestFile, table } from './import-table.ts'

const root = join(import.meta.dirname, '..', '..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const find = (pattern: string): string[] =>
  globSync(pattern, { cwd: root })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !path.includes('node_modules') && !path.endsWith('.d.ts'))
    .toSorted()
const files = find('{shared,main,preload,renderer,server}/**/*.{ts,tsx}')

describe('the import table', () => {
  test('every source file keeps it', () => {
    expect(files.length).toBeGreaterThan(0)
    expect(files.flatMap((path) => problemsOf(path, read(path)))).toEqual([])
  })

  test('only one file outside of main/electron and preload knows the types of Electron', () => {
    const knowing = files.filter((path) => {
      const place = rowOf(path)?.files
      if (place === 'main/electron' || place === 'preload') return false
      return factsOf(path, read(path)).imports.some(({ from }) => from === 'electron')
    })
    expect(knowing.length).toBeLessThanOrEqual(1)
  })

  test('every package that is imported is named in package.json', () => {
    const declared: unknown = JSON.parse(read('package.json'))
    const names = JSON.stringify(declared)
    const imported = files.flatMap((path) => factsOf(path, read(path)).imports.map(({ from }) => from))
    const packages = new Set(imported.filter((from) => !/^(\.|node:)/.test(from)))
    const missing = [...packages].filter((from) => {
      const name = from.split('/').slice(0, from.startsWith('@') ? 2 : 1)
      return !names.includes(`"${name.join('/')}":`)
    })
    expect(missing).toEqual([])
  })

  test(`tests and scripts too have at most ${longestFile} lines`, () => {
    const long = find('{tests,scripts}/**/*.{ts,tsx,mjs}').filter(
      (path) => read(path).split('\n').length > longestFile + 1,
    )
    expect(long).toEqual([])
  })

  test('a row covers each folder once', () => {
    const rows = table.map((row) => row.files)
    expect(new Set(rows).size).toBe(rows.length)
  })
})

describe('the checker', () => {
  const refused: [string, string, string][] = [
    [
      'a page that imports the local host',
      'renderer/ui/a.tsx',
      "import { x } from '../../main/system/clock.ts'",
    ],
    [
      'the local host that imports the server',
      'main/crm/a.ts',
      "import { x } from '../../server/db/schema.ts'",
    ],
    [
      'a feature that imports another feature',
      'renderer/features/one/a.ts',
      "import { x } from '../two/view.tsx'",
    ],
    [
      'a service that imports the inside of another',
      'main/services/call/a.ts',
      "import { x } from '../outbox/outbox.ts'",
    ],
    [
      'a module that imports the inside of another',
      'server/modules/users/a.ts',
      "import { x } from '../records/routes.ts'",
    ],
    ['source that imports tests', 'shared/std/a.ts', "import { x } from '../../tests/support/database.ts'"],
    ['a package that the row does not name', 'shared/std/a.ts', "import { z } from 'zod'"],
    ["Node's modules in shared code", 'shared/domain/call/a.ts', "import { join } from 'node:path'"],
    ['Electron outside of its folder', 'main/services/call/a.ts', "import { app } from 'electron'"],
    ['Electron as a value in the transport', 'main/transport/a.ts', "import { app } from 'electron'"],
    ['an import hidden in a re-export', 'shared/std/a.ts', "export * from '../domain/call/call.ts'"],
    [
      'an import hidden in a dynamic import',
      'shared/std/a.ts',
      "export const x = await import('../rpc/serve.ts')",
    ],
    ['an import hidden in a type', 'shared/std/a.ts', "export type X = import('../rpc/serve.ts').Host"],
    ['the environment outside of entry', 'server/db/a.ts', 'export const x = process.env.DATABASE_URL'],
    ['the clock in a pure rule', 'shared/domain/call/a.ts', 'export const now = () => Date.now()'],
    ['the clock through an empty Date', 'renderer/features/one/a.ts', 'export const now = () => new Date()'],
    ['chance in a pure rule', 'shared/domain/call/a.ts', 'export const x = () => Math.random()'],
    ['a new id outside of the system', 'server/db/a.ts', 'export const x = () => crypto.randomUUID()'],
    ['fetch in a feature', 'renderer/features/one/a.ts', "export const x = () => fetch('/')"],
    ['a socket in the user interface', 'renderer/ui/a.ts', "export const x = () => new WebSocket('ws://x')"],
    [
      'a network module in the database folder',
      'server/db/a.ts',
      "import { connect } from 'node:net'\nconnect(1)",
    ],
    ['a folder without a row', 'main/extras/a.ts', 'export const x = 1'],
    ['a file that is too long', 'shared/std/a.ts', 'export {}\n'.repeat(401)],
  ]
  test.each(refused)('refuses %s', (_, path, text) => {
    expect(problemsOf(path, text)).toHaveLength(1)
  })

  const allowed: [string, string, string][] = [
    [
      'the ports of another service',
      'main/services/call/a.ts',
      "import type { X } from '../outbox/ports.ts'",
    ],
    [
      'the rules of another module',
      'server/modules/users/a.ts',
      "import type { X } from '../records/rules.ts'",
    ],
    [
      "Electron's types in the transport",
      'main/transport/a.ts',
      "import type { MessagePortMain } from 'electron'",
    ],
    [
      'a Date made from an instant',
      'shared/domain/call/a.ts',
      'export const x = (at: number) => new Date(at)',
    ],
    ['the clock in the system', 'main/system/a.ts', 'export const now = () => Date.now()'],
    [
      'a comment or a text about the clock',
      'shared/std/a.ts',
      "// Date.now()\nexport const x = 'Date.now()'",
    ],
    [
      'a unit test with its helpers',
      'server/db/a.test.ts',
      "import { test } from 'vitest'\nimport '../../tests/support/database.ts'",
    ],
    ['its own folder', 'renderer/features/one/a.ts', "import { words } from './words.ts'"],
  ]
  test.each(allowed)('allows %s', (_, path, text) => {
    expect(problemsOf(path, text)).toEqual([])
  })
})
