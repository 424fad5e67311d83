import { z } from 'zod'
import customers from '../../../../resources/simulator/customers.json' with { type: 'json' }
import type { Ability, CtiCommand, CtiEvent, LegSnapshot } from '../../../../shared/domain/call/legs.ts'
import { AppError } from '../../../../shared/std/errors.ts'
import { emitter } from '../../../../shared/std/event.ts'
import type { Instant } from '../../../../shared/std/clock.ts'
import type { CallId, LegId } from '../../../../shared/std/ids.ts'
import type { CtiDeps, CtiDriver, CtiDriverType } from '../../driver.ts'
import type { Happening, PlannedStep } from './plan.ts'
import { behaviourOf, ourEnd, plan, randomFor } from './plan.ts'

export const SimulatorSettings = z.strictObject({
  /** 1 is life; 20 makes a shift in minutes. */
  speed: z.number().min(0.1).max(10_000).default(1),
  seed: z.number().int().default(1),
})
export type SimulatorSettings = z.infer<typeof SimulatorSettings>

/** A driver, and the hand that pulls the cable in tests. */
export interface Simulator extends CtiDriver {
  /** The link to the switch breaks; what its calls do meanwhile is told by nobody. */
  cut(reason: string): void
  heal(): void
}

export const simulator = {
  name: 'simulator',
  settings: SimulatorSettings,
  create: createSimulator,
} satisfies CtiDriverType<SimulatorSettings>

type LegCommand = Exclude<CtiCommand, { do: 'dial' }>

interface Leg {
  id: LegId
  peer: string
  startedAt: Instant
  answeredAt: Instant | null
  held: boolean
  muted: boolean
  steps: readonly PlannedStep[]
  /** A sentence that waits until the customer is taken off hold. */
  waiting: boolean
  stopTimer: () => void
}

const confirmMs = 80
const abilities: ReadonlySet<Ability> = new Set(['hold', 'mute', 'dtmf'])

/** A line that reaches nobody: scripted customers, in real seconds or faster. */
export function createSimulator(settings: SimulatorSettings, deps: CtiDeps): Simulator {
  const { clock, language } = deps
  const events = emitter<CtiEvent>()
  const legs = new Map<LegId, Leg>()
  const known = new Set<LegId>()
  const dialed = new Map<string, number>()
  const timers = new Set<() => void>()
  let link: 'off' | 'up' | 'cut' | 'disposed' = 'off'

  const emit = (event: DistributiveOmit<CtiEvent, 'at'>) => {
    if (link === 'up') events.emit({ ...event, at: clock.now() })
  }
  const later = (ms: number, task: () => void): (() => void) => {
    const stop = clock.after(ms / settings.speed, () => {
      timers.delete(stop)
      task()
    })
    timers.add(stop)
    return () => {
      timers.delete(stop)
      stop()
    }
  }
  const alive = (leg: Leg) => legs.get(leg.id) === leg

  const follow = (leg: Leg) => {
    const [step, ...rest] = leg.steps
    if (!step) return
    leg.stopTimer = later(step.afterMs, () => {
      if (!alive(leg)) return
      // Nobody talks to hold music.
      if (leg.held && step.what === 'caption') {
        leg.waiting = true
        return
      }
      leg.steps = rest
      happen(leg, step)
      if (alive(leg)) follow(leg)
    })
  }
  const happen = (leg: Leg, happening: Happening) => {
    switch (happening.what) {
      case 'ringing':
        return emit({ type: 'leg-ringing', leg: leg.id })
      case 'answered':
        leg.answeredAt = clock.now()
        return emit({ type: 'leg-answered', leg: leg.id })
      case 'caption':
        return emit({ type: 'leg-caption', leg: leg.id, text: happening.text })
      case 'ended':
        leg.stopTimer()
        legs.delete(leg.id)
        return emit({ type: 'leg-ended', leg: leg.id, end: happening.end, switchCause: happening.cause })
    }
  }

  const dial = ({ leg: id, to }: Extract<CtiCommand, { do: 'dial' }>) => {
    if (!/^\+?\d{3,20}$/.test(to)) throw new AppError('invalid-input', 'not a number that can be dialled')
    if (known.has(id)) return
    known.add(id)
    const earlier = dialed.get(to) ?? 0
    dialed.set(to, earlier + 1)
    const random = randomFor(settings.seed, to, earlier)
    const steps = plan(behaviourOf(to, random), customers[language()], random)
    const leg: Leg = {
      id,
      peer: to,
      startedAt: clock.now(),
      answeredAt: null,
      held: false,
      muted: false,
      steps,
      waiting: false,
      stopTimer: () => {},
    }
    legs.set(id, leg)
    follow(leg)
  }

  const act = (command: LegCommand) => {
    const leg = legs.get(command.leg)
    if (!leg) throw new AppError('not-found', 'no such leg')
    if (command.do === 'hang-up') {
      later(confirmMs, () => {
        if (alive(leg)) happen(leg, ourEnd(leg.answeredAt !== null))
      })
      return
    }
    const what = command.do
    if (leg.answeredAt === null) throw cannot(what)
    if (what === 'dtmf') return
    if (what !== 'hold' && what !== 'resume' && what !== 'mute' && what !== 'unmute') throw cannot(what)
    later(confirmMs, () => {
      if (alive(leg)) confirm(leg, what)
    })
  }
  const cannot = (what: string) => new AppError('not-in-this-state', `${what} is not possible on this leg`)
  const confirm = (leg: Leg, what: 'hold' | 'resume' | 'mute' | 'unmute') => {
    if (what === 'hold' || what === 'resume') {
      leg.held = what === 'hold'
      emit({ type: leg.held ? 'leg-held' : 'leg-resumed', leg: leg.id })
      if (leg.held || !leg.waiting) return
      leg.waiting = false
      follow(leg)
    } else {
      leg.muted = what === 'mute'
      emit({ type: leg.muted ? 'leg-muted' : 'leg-unmuted', leg: leg.id })
    }
  }
  const linked = () => {
    if (link !== 'up') throw new AppError('line-down', 'the simulated line is not connected')
  }

  return {
    name: 'simulator',
    abilities,
    events: events.event,
    connect: async (signal) => {
      signal.throwIfAborted()
      if (link !== 'off') return
      link = 'up'
      emit({ type: 'link-up' })
    },
    execute: async (command) => {
      linked()
      if (command.do === 'dial') dial(command)
      else act(command)
    },
    snapshot: async () => {
      linked()
      return [...legs.values()].map(snapshotOf)
    },
    dispose: async () => {
      link = 'disposed'
      for (const stop of timers) stop()
      timers.clear()
      legs.clear()
    },
    cut: (reason) => {
      if (link !== 'up') return
      emit({ type: 'link-down', reason })
      link = 'cut'
    },
    heal: () => {
      if (link !== 'cut') return
      link = 'up'
      emit({ type: 'link-up' })
    },
  }
}

const snapshotOf = ({ id, peer, startedAt, answeredAt, held, muted }: Leg): LegSnapshot => ({
  leg: id,
  call: id as string as CallId,
  direction: 'out',
  peer,
  to: '',
  state: answeredAt === null ? 'ringing' : 'answered',
  held,
  muted,
  consult: null,
  recording: 'off',
  startedAt,
  answeredAt,
})

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never
