import { expect, test } from 'vitest'
import { z } from 'zod'
import { AppError } from '../std/errors.ts'
import { cell } from '../std/event.ts'
import { connect } from './client.ts'
import { memoryChannels } from './channel.ts'
import type { Client, Host } from './contract.ts'
import { method, view } from './contract.ts'
import { readFrame, readFrameText } from './frame.ts'
import { serve } from './host.ts'

const contract = {
  sum: {
    add: method(z.object({ a: z.number(), b: z.number() }), z.number(), { repeat: 'safe' }),
    reset: method(z.void(), z.void(), { repeat: 'never' }),
    total: view(z.number()),
  },
}
const noClock = { now: () => 0, after: () => () => {} }
const quiet = { makeReference: () => 'r1', onError: () => {} }

function pair(host: Host<typeof contract>, options: Partial<Parameters<typeof serve>[4]> = {}) {
  const { left, right } = memoryChannels()
  const stop = serve(contract, host, right, { window: 'w1' }, { ...quiet, ...options })
  const client: Client<typeof contract> = connect(contract, left, { clock: noClock })
  return { client, left, right, stop }
}
const turn = () => new Promise((resolve) => setImmediate(resolve))
const total = cell(0)
const host: Host<typeof contract> = {
  sum: { add: async ({ a, b }) => a + b, reset: async () => {}, total: () => total },
}

test('types flow from the contract to both ends', async () => {
  const { client } = pair(host)
  const sum: number = await client.sum.add({ a: 1, b: 2 })
  expect(sum).toBe(3)
  await expect(client.sum.reset()).resolves.toBeUndefined()
})

test('many changes in one go reach the client as the latest value only', async () => {
  const { client } = pair(host)
  const seen: number[] = []
  client.sum.total((value) => seen.push(value))
  await turn()
  for (let value = 1; value <= 100; value++) total.set(value)
  await turn()
  expect(seen).toEqual([0, 100])
})

test('while a channel is not ready only one value waits', async () => {
  const { left, right } = memoryChannels()
  let release = () => {}
  const slow = { ...right, ready: () => new Promise<void>((resolve) => (release = resolve)) }
  const source = cell(1)
  serve(contract, { sum: { ...host.sum, total: () => source } }, slow, { window: 'w1' }, quiet)
  const seen: number[] = []
  connect(contract, left, { clock: noClock }).sum.total((value) => seen.push(value))
  await turn()
  source.set(2)
  await turn()
  source.set(3)
  expect(seen).toEqual([])
  release()
  await turn()
  expect(seen).toEqual([3])
})

test('with checkOutput a wrong answer of the host is its own error, without it goes through', async () => {
  const wrong = { sum: { ...host.sum, add: async () => 'seven' as unknown as number } }
  await expect(pair(wrong, { checkOutput: true }).client.sum.add({ a: 1, b: 2 })).rejects.toMatchObject({
    code: 'internal',
    reference: 'r1',
  })
  await expect(pair(wrong).client.sum.add({ a: 1, b: 2 })).resolves.toBe('seven')
})

test('an answer or details that cannot be sent become an internal error instead of silence', async () => {
  const output = { sum: { ...host.sum, add: async () => (() => 1) as unknown as number } }
  await expect(pair(output).client.sum.add({ a: 1, b: 2 })).rejects.toMatchObject({ code: 'internal' })
  const refuse = async () => {
    throw new AppError('conflict', 'no', { details: () => 1 })
  }
  const details = { sum: { ...host.sum, add: refuse } }
  await expect(pair(details).client.sum.add({ a: 1, b: 2 })).rejects.toMatchObject({ code: 'internal' })
})

test('a view that the host refuses ends with that code', async () => {
  const refusing: Host<typeof contract> = {
    sum: {
      ...host.sum,
      total: () => {
        throw new AppError('not-allowed', 'supervisors only')
      },
    },
  }
  const ends: string[] = []
  pair(refusing).client.sum.total(
    () => {},
    (error) => ends.push(error.code),
  )
  await turn()
  expect(ends).toEqual(['not-allowed'])
})

test('a host that lacks a member and a name with a dot stop the start', () => {
  const lacking = { sum: { add: host.sum.add, total: host.sum.total } } as unknown as Host<typeof contract>
  expect(() => pair(lacking)).toThrow('the host lacks sum.reset')
  const dotted = { 'a.b': { c: view(z.number()) } }
  const { left } = memoryChannels()
  expect(() => serve(dotted, { 'a.b': { c: () => total } }, left, { window: 'w' }, quiet)).toThrow('dot')
})

test('more than 256 open questions of one client are refused until some are answered', async () => {
  const waiting: (() => void)[] = []
  const slow = { sum: { ...host.sum, reset: () => new Promise<void>((resolve) => waiting.push(resolve)) } }
  const { client } = pair(slow)
  const calls = Array.from({ length: 256 }, () => client.sum.reset())
  await expect(client.sum.reset()).rejects.toMatchObject({ code: 'too-many-requests' })
  for (const release of waiting) release()
  await Promise.all(calls)
  await expect(client.sum.add({ a: 1, b: 1 })).resolves.toBe(2)
})

test('stopping the host aborts calls and leaves every view', async () => {
  let aborted = false
  let left = false
  const watched: Host<typeof contract> = {
    sum: {
      ...host.sum,
      reset: (_input, _by, signal) =>
        new Promise(() => signal.addEventListener('abort', () => (aborted = true))),
      total: () => ({ current: () => 1, changed: () => () => (left = true) }),
    },
  }
  const { client, stop } = pair(watched)
  void client.sum.reset()
  client.sum.total(() => {})
  await turn()
  stop()
  expect({ aborted, left }).toEqual({ aborted: true, left: true })
})

test('only frames are read as frames', () => {
  expect(readFrame({ t: 'call', id: 1, to: 'a.b' })).toEqual({ t: 'call', id: 1, to: 'a.b' })
  for (const raw of [
    null,
    'x',
    {},
    { t: 'call', id: -1, to: 'a' },
    { t: 'call', id: 1, to: 'x'.repeat(129) },
  ]) {
    expect(readFrame(raw)).toBeUndefined()
  }
  expect(readFrameText('{')).toBeUndefined()
  const unknownCode = { t: 'fail', id: 1, error: { code: 'from-the-future', message: 'm' } }
  expect(readFrame(unknownCode)).toMatchObject({ error: { code: 'internal' } })
})
