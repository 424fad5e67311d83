import type { WebAccount } from '../../shared/contract/media.ts'
import { backOff } from '../../shared/std/back-off.ts'
import type { Clock, Random } from '../../shared/std/clock.ts'
import type { Watchable } from '../../shared/std/event.ts'
import { cell } from '../../shared/std/event.ts'
import { unreachable } from '../../shared/std/never.ts'
import type { PhoneEffect, PhoneEvent, PhoneState } from './phone-state.ts'
import { idlePhone, nextPhone } from './phone-state.ts'
import type { MakeUserAgent, UserAgent, UserAgentPorts } from './user-agent.ts'

const firstPauseMs = 250
const longestPauseMs = 8_000

export interface PhonePorts {
  /** Fetched only where a phone is needed: it is the largest part of the page. */
  loadUserAgent: () => Promise<MakeUserAgent>
  isSupported: boolean
  takeTrack: UserAgentPorts['takeTrack']
  /** What comes in; null once nothing does. */
  hear: (stream: MediaStream | null) => void
  clock: Clock
  random: Random
  makeId: () => string
}

export interface Phone {
  state: Watchable<PhoneState>
  account(): WebAccount | null
  use(account: WebAccount | null): void
  mute(on: boolean): void
  refreshTracks(): void
  networkChanged(): void
  networkLost(): void
  networkBack(): void
  /** False while it cannot be. */
  startEcho(): boolean
  stopEcho(): void
  /** The page goes away: says goodbye at once. */
  leave(): void
}

/** Runs what `nextPhone` decides. The account is held here only: no view, no log and no storage ever has it. */
export function createPhone(ports: PhonePorts): Phone {
  const { clock } = ports
  const state = cell<PhoneState>(idlePhone)
  let account: WebAccount | null = null
  /** The newest first; older ones only until their leg has ended. */
  let agents: UserAgent[] = []
  let startedFor: WebAccount | null = null
  const heard = new Map<string, MediaStream>()
  let muted = false
  let stopPause = () => {}
  let stopExpiry = () => {}

  const on = (event: PhoneEvent) => {
    const step = nextPhone(state.current(), event)
    if ('ignored' in step) return
    state.set(step.state)
    for (const effect of step.effects) run(effect)
  }
  const run = (effect: PhoneEffect): void => {
    const [agent] = agents
    switch (effect.do) {
      case 'start':
        return start()
      case 'stop':
        stopPause()
        for (const each of agents) each.stop()
        agents = []
        startedFor = null
        return
      case 'connect':
        // of the newest account; where its agent could not even be fetched, that is tried again
        if (agent && startedFor === account) return agent.connect()
        return start()
      case 'register':
        return agent?.register()
      case 'wait':
        stopPause()
        stopPause = clock.after(backOff(effect.tries, firstPauseMs, longestPauseMs, ports.random), () =>
          on({ type: 'retry' }),
        )
        return
      // a leg is known to one agent only, the others let it pass
      case 'answer':
        return agents.forEach((each) => each.answer(effect.id))
      case 'decline':
        return agents.forEach((each) => each.decline(effect.id, effect.code))
      case 'hang-up':
        return agents.forEach((each) => each.hangUp(effect.id))
      case 'restart-ice':
        return agents.forEach((each) => each.restartIce(effect.id))
      case 'call-echo':
        if (account?.echoNumber != null) agent?.call(effect.id, account.echoNumber)
        return
      default:
        return unreachable(effect)
    }
  }
  const start = () => {
    stopPause()
    const wanted = account
    if (!wanted) return
    if (!ports.isSupported) return on({ type: 'unsupported' })
    ports.loadUserAgent().then(
      (make) => account === wanted && startedFor !== wanted && take(make, wanted),
      () => account === wanted && on({ type: 'disconnected' }),
    )
  }
  const take = (make: MakeUserAgent, wanted: WebAccount) => {
    startedFor = wanted
    const [before] = agents
    let agent: UserAgent | undefined
    const isCurrent = () => agent === undefined || agents[0] === agent
    agent = make({
      account: wanted,
      takeTrack: ports.takeTrack,
      heard: (leg, stream) => {
        if (stream) heard.set(leg, stream)
        else heard.delete(leg)
        ports.hear([...heard.values()].at(-1) ?? null)
      },
      // of an agent that is being replaced only its leg still counts
      on: (event) => (isCurrent() || 'id' in event) && on(event),
    })
    agents = [agent, ...agents.slice(0, 1)]
    agent.mute(muted)
    before?.retire()
    agent.connect()
  }
  const same = (left: WebAccount | null, right: WebAccount | null) =>
    left?.username === right?.username && left?.password === right?.password

  return {
    state,
    account: () => account,
    use: (next) => {
      const { registration } = state.current()
      if (same(account, next) && registration !== 'failed') return
      stopExpiry()
      account = next
      if (!next) return on({ type: 'account-gone' })
      stopExpiry = clock.after(Math.max(0, next.expiresAt - clock.now()), () => on({ type: 'expired' }))
      on({ type: 'account' })
    },
    mute: (next) => {
      muted = next
      for (const agent of agents) agent.mute(next)
    },
    refreshTracks: () => {
      for (const agent of agents) agent.refreshTracks()
    },
    networkChanged: () => on({ type: 'network-changed' }),
    networkLost: () => on({ type: 'disconnected' }),
    networkBack: () => {
      stopPause()
      on({ type: 'retry' })
      on({ type: 'network-changed' })
    },
    startEcho: () => {
      const id = ports.makeId()
      on({ type: 'echo-asked', id })
      const { echo } = state.current()
      return 'id' in echo && echo.id === id
    },
    stopEcho: () => on({ type: 'echo-stopped' }),
    leave: () => {
      for (const agent of agents) agent.stop()
    },
  }
}
