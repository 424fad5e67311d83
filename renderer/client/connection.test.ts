import { beforeEach, describe, expect, test } from 'vitest'
import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import { z } from 'zod'
import type { Channel } from '../../shared/rpc/channel.ts'
import { memoryChannels } from '../../shared/rpc/channel.ts'
import { method, view } from '../../shared/rpc/contract.ts'
import { serve } from '../../shared/rpc/host.ts'
import { AppError } from '../../shared/std/errors.ts'
import { cell } from '../../shared/std/event.ts'
import type { Connection } from './connection.ts'
import { openConnection, pauseMs } from './connection.ts'
import { clientHooks } from './react.ts'
import { viewStore } from './view-store.ts'

const contract = {
  call: {
    find: method(z.string(), z.string(), { repeat: 'safe', deadlineMs: 5_000 }),
    dial: method(z.string(), z.string(), { repeat: 'never' }),
    calls: view(z.array(z.string())),
    secret: view(z.string()),
  },
}
const turn = async () => {
  for (let times = 0; times < 3; times++) await new Promise((resolve) => setTimeout(resolve, 0))
}

describe('a connection of the page', () => {
  let host: Channel | undefined
  let reachable: boolean
  let protocol: number
  let tasks: { ms: number; run: () => void }[]
  let watched: number
  const calls = cell(['first'])
  let connection: Connection<typeof contract>

  const clock = {
    now: () => 0,
    after: (ms: number, run: () => void) => {
      const task = { ms, run }
      tasks.push(task)
      return () => void (tasks = tasks.filter((other) => other !== task))
    },
  }
  const runTask = (ms: number) => {
    const task = tasks.find((each) => each.ms === ms)
    tasks = tasks.filter((each) => each !== task)
    task?.run()
    return turn()
  }
  const open = async () => {
    if (!reachable) throw new AppError('disconnected', 'refused')
    const { left, right } = memoryChannels()
    host = right
    const greet = () =>
      serve(
        contract,
        {
          call: {
            find: async (name) => `found ${name}`,
            dial: async (to) => `dialling ${to}`,
            calls: () => {
              watched++
              return calls
            },
            secret: () => {
              throw new AppError('not-allowed', 'no')
            },
          },
        },
        right,
        { window: 'w' },
        { makeReference: () => 'r', onError: () => {}, protocol },
      )
    // As on a wire, the host's greeting takes longer than the opening.
    setTimeout(greet, 0)
    return left
  }
  const start = async () => {
    connection = openConnection({ contract, open, clock, random: () => 1 })
    await turn()
  }

  beforeEach(() => {
    reachable = true
    protocol = 1
    tasks = []
    watched = 0
    calls.set(['first'])
  })

  test('is connecting, then up once greeted, down when lost, and up again after the pause', async () => {
    const seen: string[] = []
    connection = openConnection({ contract, open, clock, random: () => 1 })
    seen.push(connection.status.current())
    connection.status.changed((status) => seen.push(status))
    await turn()
    host?.close()
    await runTask(500)
    expect(seen).toEqual(['connecting', 'up', 'down', 'up'])
    expect(tasks).toEqual([])
  })

  test('watches its views again after a break, from the whole present value', async () => {
    await start()
    const seen: string[][] = []
    const leave = connection.client.call.calls((value) => seen.push(value))
    await turn()
    host?.close()
    calls.set(['changed while away'])
    await turn()
    expect(seen).toEqual([['first']])
    await runTask(500)
    expect(seen).toEqual([['first'], ['changed while away']])
    leave()
    await turn()
    calls.set(['after leaving'])
    await turn()
    expect(seen).toHaveLength(2)
  })

  test('gives what must not be repeated back at once while down, and tries what is safe when it is up', async () => {
    await start()
    host?.close()
    await expect(connection.client.call.dial('1')).rejects.toMatchObject({ code: 'disconnected' })
    const found = connection.client.call.find('Anna')
    await runTask(500)
    await expect(found).resolves.toBe('found Anna')
  })

  test('a safe call gives up at its deadline while down', async () => {
    reachable = false
    await start()
    const found = connection.client.call.find('Anna').catch((error: AppError) => error.code)
    await turn()
    await runTask(5_000)
    await expect(found).resolves.toBe('disconnected')
  })

  test('pauses double up to fifteen seconds and are spread over their upper half', () => {
    const whole = [1, 2, 3, 4, 5, 6, 7].map((failures) => pauseMs(failures, () => 1))
    expect(whole).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000])
    expect(pauseMs(1, () => 0)).toBe(250)
  })

  test('asks to be reloaded when the host speaks another protocol, and tries no more', async () => {
    protocol = 2
    await start()
    expect(connection.status.current()).toBe('reload-needed')
    await expect(connection.client.call.find('x')).rejects.toMatchObject({ code: 'protocol-mismatch' })
    expect(tasks).toEqual([])
  })

  test('a host that never greets is left and tried again', async () => {
    const silent = async () => memoryChannels().left
    connection = openConnection({ contract, open: silent, clock, random: () => 1 })
    await turn()
    await runTask(10_000)
    expect(connection.status.current()).toBe('down')
    expect(tasks.map((task) => task.ms)).toEqual([500])
  })

  test('tries at once when asked to, and never after being closed', async () => {
    reachable = false
    await start()
    expect(connection.status.current()).toBe('down')
    reachable = true
    connection.retry()
    await turn()
    expect(connection.status.current()).toBe('up')
    connection.close()
    await turn()
    expect(tasks).toEqual([])
  })

  test('asks the host once for a view, however many look at it, and keeps its value while down', async () => {
    await start()
    const shared = viewStore(connection.client)
    const leaveFirst = shared('call.calls').subscribe(() => {})
    const leaveSecond = shared('call.calls').subscribe(() => {})
    await turn()
    expect(watched).toBe(1)
    host?.close()
    expect(shared('call.calls').current()).toEqual({ value: ['first'] })
    leaveFirst()
    leaveFirst()
    expect(shared('call.calls').current()).toEqual({ value: ['first'] })
    leaveSecond()
    expect(shared('call.calls').current()).toEqual({})
  })

  test('a refused view shows its error', async () => {
    await start()
    const shared = viewStore(connection.client)('call.secret')
    shared.subscribe(() => {})
    await turn()
    expect(shared.current().error).toMatchObject({ code: 'not-allowed' })
  })

  test('components read views and status through hooks', async () => {
    await start()
    const { ClientProvider, useStatus, useView, useViewError } = clientHooks<typeof contract>()
    const Probe = () => {
      const list: string[] | undefined = useView('call.calls')
      return `${useStatus()} ${list?.length ?? 'none'} ${useViewError('call.calls')?.code ?? 'fine'}`
    }
    const page = createElement(ClientProvider, { connection }, createElement(Probe))
    expect(renderToString(page)).toBe('up none fine')
    expect(() => renderToString(createElement(Probe))).toThrow('ClientProvider is missing')
  })
})
