import { beforeEach, describe, expect, it } from 'vitest'
import { createPhone } from '../../renderer/media/phone.ts'
import type { PhoneEvent } from '../../renderer/media/phone-state.ts'
import type { UserAgentPorts } from '../../renderer/media/user-agent.ts'
import type { WebAccount } from '../../shared/contract/media.ts'
import { handClock } from '../fakes/clock.ts'

const settled = () => new Promise((resolve) => setImmediate(resolve))

function phoneWorld() {
  const clock = handClock()
  const agents: { account: string; did: string[]; say: (event: PhoneEvent) => void }[] = []
  let unreachable = false
  const make = ({ account, on }: UserAgentPorts) => {
    const did: string[] = []
    agents.push({ account: account.username, did, say: on })
    const note =
      (what: string) =>
      (...words: unknown[]) =>
        void did.push([what, ...words].join(' '))
    return {
      connect: note('connect'),
      register: note('register'),
      answer: note('answer'),
      decline: note('decline'),
      hangUp: note('hang-up'),
      call: note('call'),
      restartIce: note('restart-ice'),
      refreshTracks: note('refresh'),
      mute: note('mute'),
      stop: note('stop'),
      retire: note('retire'),
    }
  }
  let ids = 0
  const phone = createPhone({
    loadUserAgent: async () => {
      if (unreachable) throw new Error('the file is not there')
      return make
    },
    isSupported: true,
    takeTrack: () => ({}) as MediaStreamTrack,
    hear: () => {},
    clock,
    random: () => 1,
    makeId: () => `echo-${++ids}`,
  })
  const account = (username: string, lifeMs = 3_600_000): WebAccount => ({
    kind: 'web',
    username,
    password: `of ${username}`,
    domain: 'pbx',
    wsUrl: 'ws://pbx',
    iceServers: [],
    answerToken: 'token',
    echoNumber: '600',
    expiresAt: clock.now() + lifeMs,
  })
  return {
    clock,
    phone,
    agents,
    account,
    setUnreachable: (on: boolean) => {
      unreachable = on
    },
    /** Registers with it. */
    begin: async (username = 'a') => {
      phone.use(account(username))
      await settled()
      agents.at(-1)!.say({ type: 'connected' })
      agents.at(-1)!.say({ type: 'registered' })
      return agents.at(-1)!
    },
  }
}

let world: ReturnType<typeof phoneWorld>
beforeEach(() => {
  world = phoneWorld()
})

describe('the phone of the page', () => {
  it('connects, registers, and answers its server', async () => {
    const agent = await world.begin()
    agent.say({ type: 'invited', id: 'l', ours: true })
    expect(agent.did).toEqual(['mute false', 'connect', 'register', 'answer l'])
  })
  it('does nothing anew when it is given what it has', async () => {
    await world.begin()
    world.phone.use(world.account('a'))
    await settled()
    expect(world.agents).toHaveLength(1)
  })
  it('tries again later and later after a loss, and at once when the network is back', async () => {
    const agent = await world.begin()
    agent.say({ type: 'disconnected' })
    world.clock.pass(249)
    expect(agent.did.filter((what) => what === 'connect')).toHaveLength(1)
    world.clock.pass(1)
    expect(agent.did.filter((what) => what === 'connect')).toHaveLength(2)
    agent.say({ type: 'disconnected' })
    world.clock.pass(499)
    expect(agent.did.filter((what) => what === 'connect')).toHaveLength(2)
    world.phone.networkBack()
    expect(agent.did.filter((what) => what === 'connect')).toHaveLength(3)
  })
  it('keeps a leg on the old account while it registers with the new one', async () => {
    const before = await world.begin('a')
    before.say({ type: 'invited', id: 'l', ours: true })
    before.say({ type: 'leg-up', id: 'l' })
    const after = await world.begin('b')
    expect(before.did.at(-1)).toBe('retire')
    expect(world.phone.state.current()).toMatchObject({ registration: 'registered', leg: { name: 'up' } })
    before.say({ type: 'disconnected' })
    expect(world.phone.state.current().registration).toBe('registered')
    before.say({ type: 'leg-ended', id: 'l' })
    expect(world.phone.state.current().leg.name).toBe('none')
    expect(after.did).not.toContain('hang-up l')
  })
  it('is muted also on the account that comes next', async () => {
    await world.begin('a')
    world.phone.mute(true)
    const after = await world.begin('b')
    expect(after.did[0]).toBe('mute true')
  })
  it('hangs up and stops when the account is taken away', async () => {
    const agent = await world.begin()
    agent.say({ type: 'invited', id: 'l', ours: true })
    world.phone.use(null)
    expect(agent.did.slice(-2)).toEqual(['hang-up l', 'stop'])
  })
  it('says when its account has run out', async () => {
    world.phone.use(world.account('a', 10_000))
    await settled()
    world.clock.pass(10_000)
    expect(world.phone.state.current()).toMatchObject({ registration: 'failed', problem: 'expired' })
  })
  it('fetches its user agent again where that failed', async () => {
    world.setUnreachable(true)
    world.phone.use(world.account('a'))
    await settled()
    expect(world.phone.state.current().problem).toBe('socket-lost')
    world.setUnreachable(false)
    world.clock.pass(250)
    await settled()
    expect(world.agents.map(({ account }) => account)).toEqual(['a'])
  })
  it('forgets an account that was taken back while its user agent was fetched', async () => {
    world.phone.use(world.account('a'))
    world.phone.use(null)
    await settled()
    expect(world.agents).toEqual([])
  })
  it('calls the number that speaks back only while nothing else is on', async () => {
    expect(world.phone.startEcho()).toBe(false)
    const agent = await world.begin()
    expect(world.phone.startEcho()).toBe(true)
    expect(agent.did.at(-1)).toBe('call echo-2 600')
    expect(world.phone.startEcho()).toBe(false)
  })
})
