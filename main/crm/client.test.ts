import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { handClock } from '../../tests/fakes/clock.ts'
import type { HandClock } from '../../tests/fakes/clock.ts'
import { passwordOf } from '../../tests/fakes/crm-desk.ts'
import type { FakeCrm } from '../../tests/fakes/crm-server.ts'
import { startFakeCrm } from '../../tests/fakes/crm-server.ts'
import type { AttemptId } from '../../shared/std/ids.ts'
import type { CrmConnection } from './client.ts'
import { addressOf, createCrmClient } from './client.ts'
import { refusalIn } from './errors.ts'

describe('the CRM client', () => {
  let server: FakeCrm
  let crm: CrmConnection
  let clock: HandClock
  let token: string | null
  let keys: number
  const credentials = { body: { username: 'anna', password: passwordOf('anna') } }

  beforeEach(async () => {
    clock = handClock()
    server = await startFakeCrm(clock)
    token = null
    keys = 0
    crm = createCrmClient({
      baseUrl: server.url,
      token: () => token,
      clock,
      makeId: () => `made-${++keys}`,
    })
  })
  afterEach(() => server.close())

  test('asks by the map and gives back what its schema lets through', async () => {
    const signedIn = await crm.calls.sessions.signIn(credentials)
    token = signedIn.token
    expect(signedIn.user).toMatchObject({ username: 'anna', role: 'operator' })
    expect(await crm.calls.sessions.current({})).toEqual(signedIn.user)
    expect(clock.pending()).toBe(0)
  })

  test('a refusal comes out with the server’s code', async () => {
    const wrong = crm.calls.sessions.signIn({ body: { username: 'anna', password: 'x' } })
    await expect(wrong).rejects.toMatchObject({ code: 'wrong-credentials' })
  })

  test('a POST that may be repeated carries its key, and a new one where none is given', async () => {
    token = (await crm.calls.sessions.signIn(credentials)).token
    const progress = { params: { id: 'a' as AttemptId }, body: { what: 'ended' as const, at: 1 } }
    await crm.calls.work.progress(progress, { key: 'mine' })
    await crm.calls.work.progress(progress)
    const sent = server.heard.filter(({ name }) => name === 'work.progress').map(({ key }) => key)
    expect(sent[0]).toBe('mine')
    expect(sent[1]).toMatch(/^made-/)
  })

  test('a server that is away, and an answer that is lost, are server-unreachable', async () => {
    server.loseAnswer('sessions.loginPage')
    await expect(crm.calls.sessions.loginPage({})).rejects.toMatchObject({ code: 'server-unreachable' })
    server.goAway()
    await expect(crm.calls.sessions.loginPage({})).rejects.toMatchObject({ code: 'server-unreachable' })
  })

  test('an answer that takes longer than ten seconds is not waited for', async () => {
    const release = server.slowDown('sessions.loginPage')
    const late = crm.calls.sessions.loginPage({}).catch((error: unknown) => error)
    clock.pass(10_000)
    expect(await late).toMatchObject({ code: 'deadline-passed' })
    release()
  })

  test('a session that is over is told once more, beside the refusal', async () => {
    let told = 0
    crm.signedOut(() => told++)
    await expect(crm.calls.sessions.current({})).rejects.toMatchObject({ code: 'signed-out' })
    expect(told).toBe(0)
    token = 'over'
    await expect(crm.calls.sessions.current({})).rejects.toMatchObject({ code: 'signed-out' })
    expect(told).toBe(1)
  })

  test('names outside the map are refused, and files go another way', async () => {
    await expect(crm.request('nothing.here', {})).rejects.toMatchObject({ code: 'unknown-method' })
    await expect(crm.request('imports.upload', {})).rejects.toMatchObject({ code: 'unknown-method' })
  })
})

test('parameters stay in their place in the path', () => {
  expect(addressOf('/imports/:id/rows', { id: 'a/b?c' })).toBe('/imports/a%2Fb%3Fc/rows')
  for (const id of ['', '.', '..', undefined, 7]) {
    expect(() => addressOf('/imports/:id', { id })).toThrow(
      expect.objectContaining({ code: 'invalid-input' }),
    )
  }
})

test('what is none of ours is told by its status', () => {
  expect(refusalIn(502, '<html>').code).toBe('server-unreachable')
  expect(refusalIn(429, '').code).toBe('too-many-requests')
  expect(refusalIn(500, { code: 'made-up', message: '' }).code).toBe('internal')
})
