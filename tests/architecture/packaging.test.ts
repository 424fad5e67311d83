import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { matchesGlob } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { dialSchemes } from '../../shared/domain/call/dial-link.ts'

// The packager's own reader, so that the file means here what it means there.
const packager = createRequire(createRequire(import.meta.url).resolve('electron-builder/package.json'))
const { load } = packager('js-yaml') as { load: (text: string) => unknown }

const Target = z.object({ target: z.array(z.string()), icon: z.string() })
const settings = z
  .object({
    appId: z.string(),
    asar: z.boolean(),
    files: z.array(z.string()),
    asarUnpack: z.array(z.string()),
    extraMetadata: z.object({ main: z.string() }),
    protocols: z.array(z.object({ schemes: z.array(z.string()) })),
    electronFuses: z.record(z.string(), z.boolean()),
    linux: Target,
    win: Target,
    mac: Target.extend({ entitlements: z.string() }),
  })
  .parse(load(readFileSync('electron-builder.yml', 'utf8')))

/** The last pattern that speaks of a file decides, as in the packager. */
function isPacked(file: string): boolean {
  let packed = false
  for (const pattern of settings.files) {
    const glob = pattern.replace(/^!/, '').replace('${platform}', 'linux').replace('${arch}', 'x64')
    if (matchesGlob(file, glob)) packed = !pattern.startsWith('!')
  }
  return packed
}

test.each([
  'package.json',
  'dist/electron/main.cjs',
  'dist/electron/preload.cjs',
  'dist/renderer/index.html',
  'dist/renderer/assets/index-1a2b3c.js',
  'resources/icons/cuffia.png',
  'node_modules/better-sqlite3/lib/index.js',
  'node_modules/better-sqlite3/prebuilds/linux-x64.node',
])('%s is packed', (file) => {
  expect(isPacked(file)).toBe(true)
})

test.each([
  'main/entry/electron.ts',
  'server/entry/main.ts',
  'shared/rpc/host.ts',
  'tests/architecture/packaging.test.ts',
  'dist/types/main/entry/electron.d.ts',
  'dist/electron/main.cjs.map',
  'dist/packages/cuffia.deb',
  '.env',
  'data/session.key',
  'package-lock.json',
  'node_modules/pg/lib/index.js',
  'node_modules/better-sqlite3/src/better_sqlite3.cpp',
  'node_modules/better-sqlite3/deps/sqlite3/sqlite3.c',
  'node_modules/better-sqlite3/prebuilds/win32-x64.node',
])('%s stays out', (file) => {
  expect(isPacked(file)).toBe(false)
})

test('the program starts from a file that is packed, in an archive, with its native part beside it', () => {
  expect(isPacked(settings.extraMetadata.main)).toBe(true)
  expect(settings).toMatchObject({ appId: 'org.cuffia.desktop', asar: true, asarUnpack: ['**/*.node'] })
})

test('each system gets its packages, and every file they name exists', () => {
  const { linux, win, mac } = settings
  expect([linux.target, win.target, mac.target]).toEqual([['AppImage', 'deb'], ['nsis'], ['dmg']])
  const named = [linux.icon, win.icon, mac.icon, mac.entitlements]
  expect(named.filter((file) => !existsSync(file))).toEqual([])
})

test('the system is told of exactly the links that the program understands', () => {
  expect(settings.protocols.flatMap(({ schemes }) => schemes)).toEqual(dialSchemes)
})

test('the packed program cannot be turned into a plain Node or run another archive', () => {
  expect(settings.electronFuses).toMatchObject({
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    onlyLoadAppFromAsar: true,
    enableEmbeddedAsarIntegrityValidation: true,
  })
})
