import { type ChildProcess, spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'

/** A small process that keeps the launcher's contract and writes its pid and arguments into the data folder. */
const standIn = (name: string): string => `
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
const option = (flag) => process.argv[process.argv.indexOf('--' + flag) + 1]
appendFileSync(join(option('data-dir'), '${name}.started'), process.pid + ' ' + process.argv.slice(2).join(' ') + '\\n')
process.on('disconnect', () => process.exit(0))
process.on('SIGTERM', () => process.exit(0))
if ('${name}' === 'server' && option('demo') === 'none') {
  process.send({ type: 'failed', message: 'the server says why' }, () => process.exit(1))
} else process.send({ type: 'ready', url: 'http://127.0.0.1:1/' + ('${name}' === 'client' ? '?token=once' : ''), firstAdministrator: { username: 'admin', password: 'shown-once' } })
console.log('${name} writes its log')
setInterval(() => {}, 1000)`

const source = join(import.meta.dirname, '..')
let checkout = ''
let dataDir = ''
let launchers: { child: ChildProcess; text: string }[] = []

const started = (name: string): string[] => {
  const file = join(dataDir, `${name}.started`)
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []
}
const lastPid = (name: string): number => Number(started(name).at(-1)?.split(' ')[0])

function isAlive(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== ''
  } catch {
    return false
  }
}

function npmStart(...args: string[]): { child: ChildProcess; text: string } {
  const all = [
    join(checkout, 'scripts', 'start.mjs'),
    '--shell=browser',
    `--data-dir=${dataDir}`,
    '--no-open',
    ...args,
  ]
  const child = spawn(process.execPath, all, { stdio: ['ignore', 'pipe', 'pipe'] })
  const launcher = { child, text: '' }
  child.stdout?.on('data', (data: Buffer) => (launcher.text += data.toString()))
  child.stderr?.on('data', (data: Buffer) => (launcher.text += data.toString()))
  launchers.push(launcher)
  return launcher
}

const says = (launcher: { text: string }, text: string): Promise<void> =>
  expect.poll(() => launcher.text, { timeout: 30_000 }).toContain(text)
const ends = (launcher: { child: ChildProcess }): Promise<void> =>
  expect.poll(() => launcher.child.exitCode ?? launcher.child.signalCode, { timeout: 30_000 }).not.toBe(null)
const nothingIsLeft = (): Promise<void> =>
  expect
    .poll(() => ['server', 'client'].filter((name) => isAlive(lastPid(name))), { timeout: 15_000 })
    .toEqual([])

const anyPorts = ['--port=0', '--server-port=0']

beforeAll(() => {
  checkout = mkdtempSync(join(tmpdir(), 'cuffia-checkout-'))
  cpSync(join(source, 'scripts'), join(checkout, 'scripts'), { recursive: true })
  cpSync(join(source, 'package.json'), join(checkout, 'package.json'))
  cpSync(join(source, 'package-lock.json'), join(checkout, 'package-lock.json'))
  symlinkSync(join(source, 'node_modules'), join(checkout, 'node_modules'))
  for (const folder of ['server/entry', 'main/entry', 'renderer'])
    mkdirSync(join(checkout, folder), { recursive: true })
  writeFileSync(join(checkout, 'server/entry/main.ts'), standIn('server'))
  writeFileSync(join(checkout, 'main/entry/node.ts'), standIn('client'))
  writeFileSync(join(checkout, 'renderer/index.html'), '<title>page</title>')
  writeFileSync(
    join(checkout, 'vite.config.ts'),
    "export default { root: 'renderer', build: { outDir: '../dist/renderer' } }",
  )
})

afterAll(() => rmSync(checkout, { recursive: true, force: true }))

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'cuffia-data-'))
})

afterEach(async () => {
  const mine = launchers
  launchers = []
  for (const { child } of mine) child.kill('SIGTERM')
  await Promise.all(mine.map(ends))
  rmSync(dataDir, { recursive: true, force: true })
})

describe('npm start', () => {
  test('--help lists ports, data folder, shells, demo and how to use an existing PostgreSQL', async () => {
    const launcher = npmStart('--help')
    await ends(launcher)
    for (const word of [
      '--port',
      '--server-port',
      '--data-dir',
      '--shell',
      '--reset-demo',
      '--pbx-config',
      '--database-url',
      'DATABASE_URL',
    ]) {
      expect(launcher.text).toContain(word)
    }
  })

  test('an unknown option is refused by name', async () => {
    const launcher = npmStart('--prot=1')
    await ends(launcher)
    expect(launcher.child.exitCode).toBe(1)
    expect(launcher.text).toContain("'--prot'")
  })

  test('starts server and client with their options, prints the address, and SIGTERM leaves nothing behind', async () => {
    const launcher = npmStart(
      ...anyPorts,
      '--reset-demo',
      '--simulator-speed=20',
      `--pbx-config=${checkout}/package.json`,
    )
    await says(launcher, 'Cuffia is ready: http://127.0.0.1:1/?token=once')
    expect(launcher.text).toContain('First administrator: user admin, password shown-once')
    expect(readFileSync(join(dataDir, 'logs', 'server.log'), 'utf8')).toContain('server writes its log')
    expect(started('server')[0]).toContain(
      `--port 0 --data-dir ${dataDir} --demo reset --pbx-config ${checkout}/package.json`,
    )
    expect(started('client')[0]).toContain('--server http://127.0.0.1:1/ --simulator-speed 20')
    launcher.child.kill('SIGTERM')
    await ends(launcher)
    expect(launcher.child.exitCode).toBe(0)
    await nothingIsLeft()
    expect(existsSync(join(dataDir, 'cuffia.lock'))).toBe(false)
  })

  test('kill -9 of the launcher leaves nothing behind, and its lock does not stand in the way', async () => {
    const launcher = npmStart(...anyPorts)
    await says(launcher, 'is ready')
    launcher.child.kill('SIGKILL')
    await nothingIsLeft()
    const next = npmStart(...anyPorts)
    await says(next, 'is ready')
    expect(started('server')).toHaveLength(2)
  })

  test('a server that dies is started again, with the demo data kept', async () => {
    const launcher = npmStart(...anyPorts, '--reset-demo')
    await says(launcher, 'is ready')
    process.kill(lastPid('server'), 'SIGKILL')
    await expect.poll(() => started('server').length, { timeout: 15_000 }).toBe(2)
    expect(started('server')[1]).toContain('--demo offer')
    expect(launcher.text).toContain('the server has died (SIGKILL); starting it again')
  })

  test('a client that dies is started again', async () => {
    const launcher = npmStart(...anyPorts)
    await says(launcher, 'is ready')
    process.kill(lastPid('client'), 'SIGKILL')
    await expect.poll(() => started('client').length, { timeout: 15_000 }).toBe(2)
  })

  test('a server that cannot start ends the start with its own message', async () => {
    const launcher = npmStart(...anyPorts, '--no-demo')
    await ends(launcher)
    expect(launcher.child.exitCode).toBe(1)
    expect(launcher.text).toContain('the server says why')
    await nothingIsLeft()
  })

  test('a second instance is refused and told where the first one is', async () => {
    const first = npmStart(...anyPorts)
    await says(first, 'is ready')
    const second = npmStart(...anyPorts)
    await ends(second)
    expect(second.child.exitCode).toBe(1)
    expect(second.text).toContain('Cuffia is already running at http://127.0.0.1:1')
  })

  test('a taken port is named with the option that changes it', async () => {
    const other = createServer()
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => {
        const address = other.address()
        resolve(typeof address === 'object' && address !== null ? address.port : 0)
      })
    })
    const launcher = npmStart(`--port=${port}`, '--server-port=0')
    await ends(launcher)
    other.close()
    expect(launcher.text).toContain(`port ${port} is taken by another program: choose another with --port=N`)
  })

  test('a data folder that cannot be written is named with the option that changes it', async () => {
    writeFileSync(join(dataDir, 'file'), '')
    const launcher = npmStart(...anyPorts, `--data-dir=${join(dataDir, 'file', 'data')}`)
    await ends(launcher)
    expect(launcher.text).toMatch(/data folder .* cannot be written \(ENOTDIR\): choose one with --data-dir/)
  })
})
