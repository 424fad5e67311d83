import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startPbx } from '../../scripts/lib/pbx/start.mjs'
import { readPbxSettings } from '../../server/entry/pbx-settings.ts'

const root = join(import.meta.dirname, '..', '..')

/** The command lines of all processes that name a file of the folder. */
const processesOf = (folder: string) =>
  readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(`${folder}/`)
    } catch {
      return false
    }
  })

describe('a PBX', () => {
  let pbx: Awaited<ReturnType<typeof startPbx>>
  beforeAll(async () => {
    pbx = await startPbx({ phones: [{ user: 'luca', password: 'of-luca', kind: 'desk' }] })
  })
  afterAll(() => pbx.stop())

  test('finds every module and file it was told of', () => {
    const log = readFileSync(join(pbx.folder, 'log', 'messages.log'), 'utf8')
    expect(log.split('\n').filter((line) => /WARNING|ERROR/.test(line))).toEqual([])
  })

  test('does not run as root, and its password is read by nobody else', () => {
    const ids = /^Uid:\s+(\d+)\s+(\d+)/m.exec(readFileSync(`/proc/${pbx.pid}/status`, 'utf8'))
    expect(ids?.[1]).not.toBe('0')
    expect(ids?.[2]).not.toBe('0')
    expect(statSync(join(pbx.folder, 'etc', 'ari.conf')).mode & 0o077).toBe(0)
  })

  test('answers nobody without the password', async () => {
    expect((await fetch(`${pbx.ari.url}/asterisk/info`)).status).toBe(401)
  })

  test('has the phones written for it', async () => {
    expect(await pbx.cli('pjsip show endpoint luca')).toContain('luca/luca')
  })

  test('says that it was killed', async () => {
    const other = await startPbx()
    const ended = other.ended()
    await other.kill('SIGKILL')
    expect(await ended).toBe('SIGKILL')
    await other.stop()
  })

  test('is gone with its folder once it is stopped', async () => {
    const other = await startPbx()
    expect(processesOf(other.folder)).toEqual([String(other.pid)])
    await other.stop()
    expect(processesOf(other.folder)).toEqual([])
    expect(existsSync(other.folder)).toBe(false)
  })
})

test('what a killed test run left is ended by the next one', async () => {
  const program = `
    import { startCarrier } from '${root}/scripts/lib/pbx/callers.mjs'
    import { startPbx } from '${root}/scripts/lib/pbx/start.mjs'
    const pbx = await startPbx()
    await startCarrier(pbx)
    console.log(pbx.folder)
    setInterval(() => {}, 1000)`
  const starter = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const folder = String((await once(starter.stdout, 'data'))[0]).trim()
  starter.kill('SIGKILL')
  await once(starter, 'exit')
  expect(processesOf(folder)).toHaveLength(2)
  const next = await startPbx()
  while (processesOf(folder).length > 0) await wait(20)
  expect(existsSync(folder)).toBe(false)
  await next.stop()
})

describe('npm run pbx', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cuffia-command-'))
  // where we are root the PBX is not, and must reach its folder
  chmodSync(folder, 0o711)
  const env = { ...process.env, CUFFIA_PBX_DIR: join(folder, 'pbx') }
  const running: ChildProcess[] = []
  afterAll(() => {
    for (const child of running) child.kill('SIGTERM')
    rmSync(folder, { recursive: true, force: true })
  })

  function pbx(...args: string[]) {
    const child = spawn(process.execPath, [join(root, 'scripts', 'pbx.mjs'), ...args], { env })
    running.push(child)
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += String(data)))
    const ended = once(child, 'exit').then(([code]) => ({ code: code as number, said }))
    return { ended, said: () => said, kill: () => child.kill('SIGKILL') }
  }

  test('starts one, tells where it is and what it says, and stops it', async () => {
    expect((await pbx('status').ended).said).toContain('No PBX runs')
    const first = pbx()
    const failed = first.ended.then(({ said }) => Promise.reject(new Error(said)))
    const started = async () => {
      while (!first.said().includes('pbx.json')) await wait(50)
    }
    await Promise.race([started(), failed])
    expect(readPbxSettings(readFileSync(join(env.CUFFIA_PBX_DIR, 'pbx.json'), 'utf8'))).toMatchObject({
      trunk: 'carrier',
      ari: { app: 'cuffia' },
    })
    expect((await pbx('status').ended).said).toContain('Asterisk 22')
    expect((await pbx('logs').ended).said).toContain('modules will be loaded')
    expect(await pbx().ended).toMatchObject({ code: 1, said: expect.stringContaining('already runs') })
    expect((await pbx('stop').ended).code).toBe(0)
    expect((await first.ended).code).toBe(0)
    expect(processesOf(env.CUFFIA_PBX_DIR)).toEqual([])
    expect((await pbx('status').ended).code).toBe(3)
  })

  test('is not confused by a number that another program has now', async () => {
    writeFileSync(join(env.CUFFIA_PBX_DIR, 'running.json'), JSON.stringify({ pid: process.pid }))
    expect((await pbx('status').ended).said).toContain('No PBX runs')
  })

  test('stop ends what a killed one left', async () => {
    const first = pbx()
    while (!first.said().includes('pbx.json')) await wait(50)
    first.kill()
    await first.ended
    expect(processesOf(env.CUFFIA_PBX_DIR)).toHaveLength(2)
    expect((await pbx('stop').ended).code).toBe(0)
    while (processesOf(env.CUFFIA_PBX_DIR).length > 0) await wait(20)
    expect((await pbx('status').ended).code).toBe(3)
  })

  test('refuses words it does not know', async () => {
    const { code, said } = await pbx('restart').ended
    expect(code).toBe(1)
    expect(said).toContain('status, stop, logs')
  })
})
