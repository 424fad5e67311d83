import { beforeEach, describe, expect, it } from 'vitest'
import type { MediaState, Page } from '../../../shared/contract/media.ts'
import { silentMedia } from '../../../shared/contract/media.ts'
import type { OperatorStatus } from '../../../shared/contract/operator.ts'
import { defaultSettings } from '../../../shared/contract/settings.ts'
import type { SupervisionState } from '../../../shared/contract/supervision.ts'
import type { PhoneAccount, PhoneView } from '../../../shared/crm-api/phone.ts'
import type { Client } from '../../../shared/rpc/contract.ts'
import { AppError } from '../../../shared/std/errors.ts'
import { cell } from '../../../shared/std/event.ts'
import { silentLog } from '../../../shared/std/log.ts'
import { handClock } from '../../../tests/fakes/clock.ts'
import { users } from '../../../tests/fakes/desktop-data.ts'
import type { SignedInUser } from '../session/ports.ts'
import { phoneService } from './phone.ts'

const anna = users[0]!
const sara = users.find(({ role }) => role === 'supervisor')!
const needed: PhoneView = { needed: true, kind: null, state: 'none', problem: null }
const settled = () => new Promise((resolve) => setImmediate(resolve))

/** A page that registers at once with whatever it is given. */
function fakePage(world: { pages: FakePage[] }, change: Partial<MediaState> = {}) {
  const state = cell<MediaState>({ ...silentMedia, microphone: 'live', ...change })
  let end: ((error: AppError) => void) | undefined
  const asked: string[] = []
  const set = (next: Partial<MediaState>) => state.set({ ...state.current(), ...next })
  const media = {
    state: (on: (value: MediaState) => void, onEnd: (error: AppError) => void) => {
      end = onEnd
      on(state.current())
      return state.changed(on)
    },
    use: async ({ account }: { account: { username: string } | null }) => {
      asked.push(`use ${account?.username ?? 'nothing'}`)
      set({ registration: account ? 'registered' : 'none', problem: null, leg: 'none' })
    },
    mute: async ({ on }: { on: boolean }) => void asked.push(on ? 'mute' : 'unmute'),
    ring: async ({ on, kind }: { on: boolean; kind: string }) =>
      void asked.push(on ? `ring ${kind}` : 'quiet'),
  }
  const page = {
    client: { media } as unknown as Client<Page>,
    asked,
    set,
    state,
    close: () => {
      world.pages.splice(world.pages.indexOf(page), 1)
      end?.(new AppError('disconnected', 'closed'))
    },
  }
  world.pages.push(page)
  return page
}
type FakePage = {
  client: Client<Page>
  asked: string[]
  set: (next: Partial<MediaState>) => void
  state: { current(): MediaState }
  close: () => void
}

function createPhoneWorld() {
  const clock = handClock()
  const signedIn = cell<SignedInUser | null>(null)
  const supervision = cell<SupervisionState>(null)
  const status = cell<OperatorStatus>({ connected: true, view: null, asked: null })
  const settings = cell(defaultSettings)
  const requests: string[] = []
  const breaks: string[] = []
  const gateways: string[] = []
  const pages: FakePage[] = []
  let refuse = false
  let made = 0
  const account = async ({ body: { kind } }: { body: { kind: 'web' | 'desk' } }): Promise<PhoneAccount> => {
    requests.push(`account ${kind}`)
    if (refuse) throw new AppError('line-down', 'no switch')
    if (kind === 'desk') return { kind, endpoint: '201' }
    return {
      kind,
      username: `op-${++made}`,
      password: 'secret',
      domain: 'pbx',
      wsUrl: 'ws://127.0.0.1:8088/ws',
      iceServers: [],
      answerToken: 'token',
      echoNumber: '600',
      expiresAt: clock.now() + 3_600_000,
    }
  }
  const service = phoneService({
    phone: {
      account,
      leave: async () => {
        requests.push('leave')
        return {}
      },
    },
    signedIn,
    connection: cell({ server: 'up' as const, since: 0, clockOffset: 0 }),
    operator: status,
    supervision,
    settings,
    takeBreak: async ({ reason }) => void breaks.push(reason),
    rememberGateway: (origin) => gateways.push(origin),
    clock,
    random: () => 1,
    log: silentLog,
  })
  const say = (phone: PhoneView, state: 'break' | 'ready' | 'talking' = 'break') =>
    status.set({ ...status.current(), view: { state, phone } as OperatorStatus['view'] })
  return {
    clock,
    service,
    requests,
    breaks,
    gateways,
    pages,
    settings,
    say,
    refuse: (on: boolean) => {
      refuse = on
    },
    signIn: async (phone: PhoneView = needed) => {
      signedIn.set(anna)
      say(phone)
      await settled()
    },
    /** A supervisor who listens, or does not. */
    listens: async (phone: PhoneView) => {
      signedIn.set(sara)
      supervision.set({ listening: null, phone })
      await settled()
    },
    signOut: async () => {
      signedIn.set(null)
      await settled()
    },
    open: async (change?: Partial<MediaState>) => {
      const page = fakePage({ pages }, change)
      service.addPage(page.client)
      await settled()
      return page
    },
  }
}

let world: ReturnType<typeof createPhoneWorld>
beforeEach(() => {
  world = createPhoneWorld()
})

describe('an operator whose calls are real', () => {
  it('gets an account at sign-in, and the page registers with it', async () => {
    const page = await world.open()
    await world.signIn()
    expect(world.requests).toEqual(['account web'])
    expect(page.asked).toEqual(['use nothing', 'use op-1'])
    expect(world.gateways).toEqual(['ws://127.0.0.1:8088'])
    expect(world.service.checks.phone()).toMatchObject({ result: 'ok' })
    expect(world.service.checks.microphone()).toEqual({ result: 'ok', values: { microphone: 'live' } })
  })
  it('waits for a page to give it to', async () => {
    await world.signIn()
    expect(world.requests).toEqual([])
    expect(world.service.checks.phone()).toMatchObject({ result: 'failed', values: { problem: 'no-page' } })
    await world.open()
    expect(world.requests).toEqual(['account web'])
  })
  it('keeps it over a reload of the page, muted as it was', async () => {
    const before = await world.open()
    await world.signIn()
    await world.service.mute(true)
    before.close()
    const after = await world.open()
    expect(after.asked).toEqual(['use op-1', 'mute'])
    expect(world.requests).toEqual(['account web'])
  })
  it('gets another account when the switch refuses it, and not in a circle', async () => {
    const page = await world.open()
    await world.signIn()
    world.clock.pass(2_000)
    page.set({ registration: 'failed', problem: 'refused' })
    await settled()
    expect(page.asked).toEqual(['use nothing', 'use op-1', 'use op-2'])
    page.set({ registration: 'failed', problem: 'refused' })
    await settled()
    expect(world.requests).toHaveLength(2)
    world.clock.pass(2_000)
    await settled()
    expect(world.requests).toHaveLength(3)
  })
  it('is asked for again and again while the server has no switch', async () => {
    await world.open()
    world.refuse(true)
    await world.signIn()
    world.clock.pass(1_000)
    await settled()
    expect(world.requests).toHaveLength(2)
    world.refuse(false)
    world.clock.pass(2_000)
    await settled()
    expect(world.service.checks.phone()).toMatchObject({ result: 'ok' })
  })
  it('gets a new one when a server that was started anew knows of none', async () => {
    await world.open()
    await world.signIn()
    world.say({ ...needed, kind: 'web', state: 'up' })
    world.clock.pass(10_000)
    world.say(needed)
    await settled()
    expect(world.requests).toEqual(['account web', 'account web'])
  })
  it('gives it back when no campaign needs it any more, and lets it go at the end', async () => {
    const page = await world.open()
    await world.signIn()
    world.say({ ...needed, needed: false })
    await settled()
    expect(world.requests).toEqual(['account web', 'leave'])
    expect(page.asked.at(-1)).toBe('use nothing')
  })
  it('lets the page go at sign-out, with nothing more to ask of the server', async () => {
    const page = await world.open()
    await world.signIn()
    await world.signOut()
    expect(world.requests).toEqual(['account web'])
    expect(page.asked.at(-1)).toBe('use nothing')
  })
})

describe('whose calls are not', () => {
  it('asks for nothing and checks nothing', async () => {
    await world.open()
    await world.signIn({ ...needed, needed: false })
    expect(world.requests).toEqual([])
    expect(world.service.checks.phone()).toBeNull()
    expect(world.service.checks.microphone()).toBeNull()
  })
})

describe('several windows', () => {
  it('only the one that had the focus last is the phone', async () => {
    const first = await world.open({ focusedAt: 1 })
    const second = await world.open({ focusedAt: 2 })
    await world.signIn()
    expect(first.asked).toEqual(['use nothing'])
    expect(second.asked).toEqual(['use nothing', 'use op-1'])
    first.set({ focusedAt: 3 })
    await settled()
    expect(first.asked).toEqual(['use nothing', 'use op-1'])
    expect(second.asked.at(-1)).toBe('use nothing')
  })
  it('does not move the phone while its leg is up', async () => {
    const first = await world.open({ focusedAt: 1 })
    await world.signIn()
    first.set({ leg: 'up' })
    const second = await world.open({ focusedAt: 2 })
    expect(second.asked).toEqual(['use nothing'])
    first.close()
    await settled()
    expect(second.asked).toEqual(['use nothing', 'use op-1'])
  })
  it('rings and mutes in that one only', async () => {
    const first = await world.open({ focusedAt: 2 })
    const second = await world.open({ focusedAt: 1 })
    await world.signIn()
    await world.service.ring(true)
    await world.service.mute(true)
    await world.service.ring(false)
    expect(first.asked).toEqual(['use nothing', 'use op-1', 'ring call', 'mute', 'quiet'])
    expect(second.asked).toEqual(['use nothing'])
  })
  it('refuses to mute where there is none', async () => {
    await expect(world.service.mute(true)).rejects.toMatchObject({ code: 'line-down' })
  })
})

describe('a microphone that is lost', () => {
  it('takes a ready operator out of it at once', async () => {
    const page = await world.open()
    await world.signIn()
    world.say(needed, 'ready')
    page.set({ microphone: 'missing' })
    page.set({ microphone: 'missing', muted: true })
    expect(world.breaks).toEqual(['technical'])
    expect(world.service.checks.microphone()).toMatchObject({ result: 'failed' })
  })
  it('may come back while the page is loaded again', async () => {
    const page = await world.open()
    await world.signIn()
    world.say(needed, 'talking')
    page.close()
    world.clock.pass(4_000)
    await world.open({ microphone: 'asking' })
    expect(world.breaks).toEqual([])
    world.clock.pass(4_000)
    expect(world.breaks).toEqual(['technical'])
  })
  it('is nobody’s business during a break, nor with a desk phone', async () => {
    const page = await world.open()
    await world.signIn()
    page.set({ microphone: 'denied' })
    world.settings.set({ ...defaultSettings, phoneKind: 'desk' })
    world.say({ ...needed, kind: 'desk', state: 'registered' }, 'ready')
    expect(world.breaks).toEqual([])
  })
})

describe('a desk phone', () => {
  it('is asked for in the place of the page, and checked by what the server says', async () => {
    const page = await world.open()
    world.settings.set({ ...defaultSettings, phoneKind: 'desk' })
    await world.signIn()
    expect(world.requests).toEqual(['account desk'])
    expect(page.asked).toEqual(['use nothing'])
    expect(world.service.checks.microphone()).toBeNull()
    world.say({ ...needed, kind: 'desk', state: 'provisioned', problem: 'not-registered' })
    expect(world.service.checks.phone()).toMatchObject({
      result: 'failed',
      values: { problem: 'not-registered' },
    })
    world.say({ ...needed, kind: 'desk', state: 'registered' })
    expect(world.service.checks.phone()).toMatchObject({ result: 'ok' })
  })
  it('takes over from the page when the person says so', async () => {
    const page = await world.open()
    await world.signIn()
    world.clock.pass(2_000)
    world.settings.set({ ...defaultSettings, phoneKind: 'desk' })
    await settled()
    expect(page.asked.at(-1)).toBe('use nothing')
    expect(world.requests).toEqual(['account web', 'leave', 'account desk'])
  })
})

describe('a supervisor', () => {
  it('has a phone while listening, and only then', async () => {
    const world = createPhoneWorld()
    const page = await world.open()
    await world.listens({ ...needed, needed: false })
    expect(world.requests).toEqual([])
    await world.listens(needed)
    expect(world.requests).toEqual(['account web'])
    expect(page.asked).toContain('use op-1')
    await world.listens({ ...needed, needed: false })
    expect(page.asked.at(-1)).toBe('use nothing')
    // the server has closed it by itself
    expect(world.requests).toEqual(['account web'])
    expect(world.breaks).toEqual([])
  })
})
