import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
// two folders below the root, as dist/electron is: the program looks for its neighbours from there
const folder = join(root, 'dist', `electron-check-${process.pid}`)
let dataDir: string
let program: ChildProcess
let output = ''

type Bundle = (wish: { entry: string; output: string; format: string; external: string[] }) => Promise<void>

beforeAll(async () => {
  const { bundle } = (await import(join(root, 'scripts/lib/builds.mjs'))) as { bundle: Bundle }
  await bundle({
    entry: 'main/entry/electron.ts',
    output: `dist/electron-check-${process.pid}/main.cjs`,
    format: 'cjs',
    external: ['electron', 'better-sqlite3'],
  })
  dataDir = mkdtempSync(join(tmpdir(), 'cuffia-desktop-'))
  mkdirSync(join(dataDir, 'page'))
  writeFileSync(join(dataDir, 'page', 'electron.html'), '<!doctype html><title>Cuffia</title>')
  program = fork(
    join(folder, 'main.cjs'),
    [
      // what Chromium and other programs put there
      '--no-sandbox',
      '--server=http://127.0.0.1:9',
      `--data-dir=${dataDir}`,
      `--page=${join(dataDir, 'page')}`,
      'tel:+390812345678',
    ],
    {
      execArgv: ['--require', join(root, 'tests/fakes/electron.cjs')],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  )
  for (const stream of [program.stdout, program.stderr])
    stream?.on('data', (data) => (output += String(data)))
})

afterAll(() => {
  program.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
  rmSync(dataDir, { recursive: true, force: true })
})

test('the bundled desktop program starts, opens its sandboxed window on its own page, says so, and leaves with its parent', async () => {
  const said: Record<string, unknown>[] = []
  program.on('message', (message) => said.push(message as Record<string, unknown>))
  await expect
    .poll(() => said.map(({ type }) => type), { timeout: 20_000, message: output })
    .toEqual(['did', 'ready'])
  expect(said[0]).toMatchObject({
    paths: { userData: join(dataDir, 'window') },
    window: { webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false } },
    address: 'app://cuffia/electron.html',
    page: { status: 200, policy: expect.stringContaining("default-src 'none'") },
    menus: 1,
  })
  const gone = once(program, 'exit')
  program.disconnect()
  expect(await gone).toEqual([0, null])
})
