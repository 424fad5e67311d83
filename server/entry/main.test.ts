import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { LauncherMessage } from './main.ts'

let dataDir = ''
let started: ChildProcess[] = []

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'cuffia-server-'))
})
afterEach(async () => {
  await Promise.all(started.map(stop))
  started = []
  rmSync(dataDir, { recursive: true, force: true })
})

interface Started {
  child: ChildProcess
  message: LauncherMessage
  output: () => string
}

async function start(...more: string[]): Promise<Started> {
  const args = ['--data-dir', dataDir, '--port', '0', ...more]
  const child = fork(join(import.meta.dirname, 'main.ts'), args, {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, DATABASE_URL: undefined },
  })
  started.push(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += String(chunk)))
  const [message] = (await once(child, 'message')) as [LauncherMessage]
  return { child, message, output: () => output }
}

async function stop(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const exited = once(child, 'exit') as Promise<[number | null]>
  if (child.connected) child.disconnect()
  return (await exited)[0]
}

function ready(message: LauncherMessage): Extract<LauncherMessage, { type: 'ready' }> {
  if (message.type !== 'ready') throw new Error(message.message)
  return message
}

const postmaster = (): string => join(dataDir, 'postgres', 'cluster', 'postmaster.pid')
const postgresPid = (): number => Number(readFileSync(postmaster(), 'utf8').split('\n')[0])

async function ask(url: string, path: string, more: RequestInit = {}) {
  const reply = await fetch(url + path, more)
  return { status: reply.status, body: (await reply.json()) as Record<string, unknown> }
}

const signIn = (url: string, credentials: object) =>
  ask(url, '/sessions', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(credentials),
  })

describe('the server as a process', () => {
  test('tells its launcher where it is and the first password, which is nowhere else', async () => {
    const { child, message, output } = await start()
    const { url, firstAdministrator } = ready(message)
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(await signIn(url, firstAdministrator!)).toMatchObject({
      status: 200,
      body: { user: { role: 'administrator', mustChangePassword: true } },
    })
    expect(await stop(child)).toBe(0)
    expect(existsSync(postmaster())).toBe(false)
    expect(output()).not.toContain(firstAdministrator!.password)
  })

  test('goes on after its PostgreSQL was killed', async () => {
    const { message } = await start()
    const { url, firstAdministrator } = ready(message)
    const { body } = await signIn(url, firstAdministrator!)
    const headers = { authorization: `Bearer ${String(body['token'])}` }
    const killed = postgresPid()
    process.kill(killed, 'SIGKILL')
    const statuses = new Set<number>()
    for (let status = 0; status !== 200; statuses.add(status)) {
      status = (await ask(url, '/sessions/current', { headers })).status
      await wait(20)
    }
    // Away, then back; what is asked in between is told to try again.
    expect([...statuses].filter((status) => status !== 503)).toEqual([200])
    expect(postgresPid()).not.toBe(killed)
  })

  test('killed itself, takes up its database again with its sessions', async () => {
    const first = await start()
    const { url, firstAdministrator } = ready(first.message)
    const { body } = await signIn(url, firstAdministrator!)
    const gone = once(first.child, 'exit')
    first.child.kill('SIGKILL')
    await gone
    const second = ready((await start()).message)
    expect(second.firstAdministrator).toBeUndefined()
    const headers = { authorization: `Bearer ${String(body['token'])}` }
    expect(await ask(second.url, '/sessions/current', { headers })).toMatchObject({ status: 200 })
  })

  test('says that its port is taken, and leaves no database behind', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const { child, message } = await start('--port', String(port))
    const code = child.exitCode ?? ((await once(child, 'exit')) as [number])[0]
    other.close()
    expect(message).toMatchObject({ type: 'failed' })
    expect(JSON.stringify(message)).toContain(`port ${port} is taken`)
    expect(code).toBe(1)
    expect(existsSync(postmaster())).toBe(false)
  })
})
