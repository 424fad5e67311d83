import fc from 'fast-check'
import { getEventListeners } from 'node:events'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Channel } from '../../shared/rpc/channel.ts'
import type { ConnectOptions } from '../../shared/rpc/client.ts'
import { connect } from '../../shared/rpc/client.ts'
import type { Client, Contract, Host } from '../../shared/rpc/contract.ts'
import { method, view } from '../../shared/rpc/contract.ts'
import type { Frame } from '../../shared/rpc/frame.ts'
import type { ServeOptions } from '../../shared/rpc/host.ts'
import { serve } from '../../shared/rpc/host.ts'
import type { Clock } from '../../shared/std/clock.ts'
import { AppError } from '../../shared/std/errors.ts'
import type { Cell } from '../../shared/std/event.ts'
import { cell } from '../../shared/std/event.ts'

/** Two ends of one transport: `page` stands in the page, `host` in main. */
export interface Ends {
  page: Channel
  host: Channel
  /** Ends whatever the transport needed. */
  dispose(): Promise<void>
}

const contract = {
  phone: {
    echo: method(z.object({ text: z.string() }), z.object({ text: z.string(), by: z.string() }), {
      repeat: 'safe',
    }),
    wait: method(z.number(), z.number(), { repeat: 'never', deadlineMs: 1_000 }),
    refuse: method(z.void(), z.void(), { repeat: 'never' }),
    break: method(z.void(), z.void(), { repeat: 'never' }),
    calls: view(z.array(z.string())),
  },
}
const pageContract = {
  media: { mute: method(z.boolean(), z.boolean(), { repeat: 'never' }), level: view(z.number()) },
}

/** What a call was refused with; a call that succeeds shows as a plain text. */
const refusalOf = (call: Promise<unknown>) =>
  call.then(
    () => 'not refused',
    (error: unknown) => error as AppError,
  )

/** Time that stands still until a test moves it. */
function handClock(): Clock & { pass(ms: number): void; pending(): number } {
  let now = 0
  const tasks = new Set<{ at: number; run: () => void }>()
  return {
    now: () => now,
    after: (ms, run) => {
      const task = { at: now + ms, run }
      tasks.add(task)
      return () => tasks.delete(task)
    },
    pass: (ms) => {
      now += ms
      for (const task of tasks) if (task.at <= now && tasks.delete(task)) task.run()
    },
    pending: () => tasks.size,
  }
}

interface Waiting {
  input: number
  signal: AbortSignal
  answer: (output: number) => void
}

/** Runs one specification against a transport. `open` gives two connected ends. */
export function channelContract(name: string, open: () => Promise<Ends>): void {
  describe(`a contract over ${name}`, () => {
    let ends: Ends
    let clock: ReturnType<typeof handClock>
    let waiting: Waiting[]
    let calls: Cell<string[]>
    let lookers: number
    let errors: { reference: string; error: unknown; to: string }[]

    const host: Host<typeof contract> = {
      phone: {
        echo: async ({ text }, by) => ({ text, by: by.window }),
        wait: (input, _by, signal) => new Promise((answer) => waiting.push({ input, signal, answer })),
        refuse: async () => {
          throw new AppError('campaign-incomplete', 'no script', { details: { missing: ['script'] } })
        },
        break: async () => {
          throw new Error('password=secret in a stack')
        },
        calls: () => ({
          current: calls.current,
          changed: (on) => {
            lookers++
            const leave = calls.changed(on)
            return () => {
              lookers--
              leave()
            }
          },
        }),
      },
    }
    const serveOptions: ServeOptions = {
      makeReference: () => 'ref-1',
      onError: (reference, error, to) => errors.push({ reference, error, to }),
      checkOutput: true,
    }
    const start = (options: Partial<ConnectOptions> = {}) => {
      const client: Client<typeof contract> = connect(contract, ends.page, { clock, ...options })
      serve(contract, host, ends.host, { window: 'window-7' }, serveOptions)
      return client
    }
    const waitingCall = async (number: number) => {
      await expect.poll(() => waiting.length, { interval: 1 }).toBe(number)
      return waiting[number - 1]!
    }
    const received = (channel: Channel, kind: Frame['t']) =>
      new Promise<Frame>((resolve) => channel.received((frame) => frame.t === kind && resolve(frame)))

    beforeEach(async () => {
      ends = await open()
      clock = handClock()
      waiting = []
      calls = cell<string[]>([])
      lookers = 0
      errors = []
    })
    afterEach(() => ends.dispose())

    test('a call reaches the host with its caller and comes back with the output', async () => {
      await expect(start().phone.echo({ text: 'ciao è €' })).resolves.toEqual({
        text: 'ciao è €',
        by: 'window-7',
      })
    })

    test('input that does not fit is refused with where and why, without the values sent', async () => {
      const error = await refusalOf(start().phone.echo({ text: 4_242 } as unknown as { text: string }))
      expect(error).toMatchObject({ code: 'invalid-input', details: { issues: [{ path: 'text' }] } })
      expect(JSON.stringify(error)).not.toContain('4242')
    })

    test('names outside the contract are refused, whatever object they would reach', async () => {
      const names = ['nothing', '__proto__', 'constructor', 'toString', 'calls']
      const services = ['phone', '__proto__', 'constructor', 'other']
      const any = method(z.unknown(), z.unknown(), { repeat: 'never' })
      const entries = names.map((name) => [name, any] as const)
      const forged = Object.fromEntries(services.map((service) => [service, Object.fromEntries(entries)]))
      const client = connect(forged as Contract, ends.page, { clock }) as unknown as Record<
        string,
        Record<string, () => Promise<unknown>>
      >
      serve(contract, host, ends.host, { window: 'w' }, serveOptions)
      for (const service of services) {
        for (const name of names) {
          const call = Object.getOwnPropertyDescriptor(client[service], name)?.value as () => Promise<unknown>
          await expect(call()).rejects.toMatchObject({ code: 'unknown-method' })
        }
      }
    })

    test('a call past its deadline fails and the host is told to stop', async () => {
      const refusal = refusalOf(start().phone.wait(1))
      const { signal } = await waitingCall(1)
      clock.pass(999)
      expect(signal.aborted).toBe(false)
      clock.pass(1)
      expect(await refusal).toMatchObject({ code: 'deadline-passed' })
      await expect.poll(() => signal.aborted).toBe(true)
    })

    test('an aborted call rejects with the reason and the host is told to stop', async () => {
      const controller = new AbortController()
      const refusal = refusalOf(start().phone.wait(1, controller.signal))
      const { signal, answer } = await waitingCall(1)
      controller.abort(new Error('changed my mind'))
      expect(await refusal).toMatchObject({ message: 'changed my mind' })
      await expect.poll(() => signal.aborted).toBe(true)
      answer(1)
      expect(getEventListeners(controller.signal, 'abort')).toEqual([])
      expect(errors).toEqual([])
    })

    test('a view gives the present value, then newer ones, and stops when left', async () => {
      const seen: string[][] = []
      calls.set(['a'])
      const leave = start().phone.calls((value) => seen.push(value))
      await expect.poll(() => seen).toEqual([['a']])
      calls.set(['a', 'b'])
      await expect.poll(() => seen).toEqual([['a'], ['a', 'b']])
      expect(lookers).toBe(1)
      leave()
      await expect.poll(() => lookers).toBe(0)
      calls.set([])
      expect(seen).toHaveLength(2)
    })

    test('losing the channel fails what is pending at once, later calls too, and ends views', async () => {
      const client = start()
      const ended: string[] = []
      client.phone.calls(
        () => {},
        (error) => ended.push(error.code),
      )
      const refusal = refusalOf(client.phone.wait(1))
      const { signal } = await waitingCall(1)
      ends.host.close()
      expect(await refusal).toMatchObject({ code: 'disconnected' })
      expect(ended).toEqual(['disconnected'])
      expect(signal.aborted).toBe(true)
      expect(lookers).toBe(0)
      await expect(client.phone.echo({ text: 'x' })).rejects.toMatchObject({ code: 'disconnected' })
      expect(clock.pending()).toBe(0)
    })

    test('nothing is kept for a later channel: a call lost with the old one never reaches the host again', async () => {
      const client = start()
      ends.page.close()
      await expect(client.phone.wait(1)).rejects.toMatchObject({ code: 'disconnected' })
      await ends.dispose()
      ends = await open()
      await expect(start().phone.echo({ text: 'new' })).resolves.toMatchObject({ text: 'new' })
      expect(waiting).toEqual([])
    })

    test('a page of another protocol is refused and told to reload', async () => {
      let refusal: Promise<unknown> = Promise.resolve()
      const told = await new Promise((resolve) => {
        const client = start({ protocol: 99, onMismatch: resolve })
        refusal = refusalOf(client.phone.echo({ text: 'x' }))
      })
      expect(told).toMatchObject({ protocol: 1 })
      expect(await refusal).toMatchObject({ code: 'protocol-mismatch' })
    })

    test('a host refuses by itself whoever greets with another protocol', async () => {
      serve(contract, host, ends.host, { window: 'w' }, serveOptions)
      const answer = received(ends.page, 'fail')
      ends.page.send({ t: 'hello', protocol: 99, build: 'old' })
      ends.page.send({ t: 'call', id: 1, to: 'phone.echo', input: { text: 'x' } })
      expect(await answer).toMatchObject({ error: { code: 'protocol-mismatch' } })
    })

    test('the code and details of a refusal survive the way', async () => {
      await expect(start().phone.refuse()).rejects.toMatchObject({
        code: 'campaign-incomplete',
        message: 'no script',
        details: { missing: ['script'] },
      })
    })

    test('an unexpected error shows only a reference; the log gets the whole of it', async () => {
      const frame = received(ends.page, 'fail')
      await expect(start().phone.break()).rejects.toMatchObject({ code: 'internal', reference: 'ref-1' })
      expect(JSON.stringify(await frame)).not.toMatch(/secret|stack|channel\.contract/)
      expect(errors).toMatchObject([{ reference: 'ref-1', to: 'phone.break' }])
      expect((errors[0]!.error as Error).message).toContain('secret')
    })

    test('ten thousand calls leave no id behind at either end', async () => {
      const client = start()
      for (let round = 0; round < 100; round++) {
        const texts = Array.from({ length: 100 }, (_, index) => `${round}-${index}`)
        const answers = await Promise.all(texts.map((text) => client.phone.echo({ text })))
        expect(answers.map((answer) => answer.text)).toEqual(texts)
      }
      expect(clock.pending()).toBe(0)
      // The host refuses ids still in use, so being able to use them all again shows that it forgot them.
      let answered = 0
      ends.page.received((frame) => void (frame.t === 'ok' && answered++))
      for (let id = 1; id <= 100; id++) {
        ends.page.send({ t: 'call', id, to: 'phone.echo', input: { text: 'again' } })
      }
      await expect.poll(() => answered).toBe(100)
    })

    test('both ends serve and call over the one channel without mixing their ids', async () => {
      const client = start()
      const level = cell(3)
      serve(
        pageContract,
        { media: { mute: async (on) => !on, level: () => level } },
        ends.page,
        { window: 'main' },
        serveOptions,
      )
      const media = connect(pageContract, ends.host, { clock })
      const levels: number[] = []
      const lists: string[][] = []
      media.media.level((value) => levels.push(value))
      client.phone.calls((value) => lists.push(value))
      const [echo, muted] = await Promise.all([client.phone.echo({ text: 'x' }), media.media.mute(true)])
      expect({ echo: echo.text, muted }).toEqual({ echo: 'x', muted: false })
      await expect.poll(() => [levels, lists]).toEqual([[3], [[]]])
    })

    test('any order of answers, cancels and a break settles each call exactly once', async () => {
      const step = fc.record({ call: fc.nat(5), act: fc.constantFrom('answer', 'cancel', 'late') })
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 20 }), fc.boolean(), async (steps, breaks) => {
          await ends.dispose()
          ends = await open()
          waiting = []
          const client = start()
          const controllers = Array.from({ length: 6 }, () => new AbortController())
          const settled = controllers.map(() => 0)
          const settle = (index: number, output: number) => {
            settled[index]!++
            expect(output).toBe(index)
          }
          const running = controllers.map((controller, index) =>
            client.phone.wait(index, controller.signal).then(
              (output) => settle(index, output),
              () => settle(index, index),
            ),
          )
          await waitingCall(6)
          for (const { call, act } of steps) {
            if (act === 'cancel') controllers[call]!.abort(new Error('cancel'))
            else if (act === 'answer') waiting[call]!.answer(call)
            else await Promise.resolve()
          }
          if (breaks) ends.page.close()
          for (const call of waiting) call.answer(call.input)
          await Promise.all(running)
          expect(settled).toEqual([1, 1, 1, 1, 1, 1])
          expect(clock.pending()).toBe(0)
        }),
        { numRuns: 25 },
      )
    })
  })
}
