import type { Clock } from '../../../shared/std/clock.ts'
import { AppError } from '../../../shared/std/errors.ts'
import { emitter } from '../../../shared/std/event.ts'
import type { Log } from '../../../shared/std/log.ts'
import { telephonyOver } from '../over-wire.ts'
import type { AccountId, ChannelId, IncomingCall, RecordingId, Sound, Telephony } from '../port.ts'
import type { Fact, Signal, Wire, WireState } from '../wire.ts'
import { switchRules } from './calls.ts'
import { commandsOn } from './commands.ts'
import type { Audible } from './hears.ts'
import { hears } from './hears.ts'
import { emptySwitch } from './state.ts'

/** The hands of everybody who is not the server: callers, customers, phones, and what breaks. */
export interface FakeSwitch {
  /** A call comes in. Without a link it hears the dialplan's music and is offered again each 5 s, for a minute. */
  callIn(call: Partial<IncomingCall> & { to: string }): ChannelId
  /** What the party at the other end of a channel does. False where the channel is not there or not up. */
  party: {
    answers(id: ChannelId): boolean
    hangsUp(id: ChannelId): boolean
    presses(id: ChannelId, digit: string): boolean
    holds(id: ChannelId): boolean
    resumes(id: ChannelId): boolean
    asksTransfer(id: ChannelId, to: string): boolean
    /** Digits that reached it, the number in its INVITE ('' of a call that came in), and the headers. */
    digits(id: ChannelId): string
    number(id: ChannelId): string
    headers(id: ChannelId): Readonly<Record<string, string>>
  }
  phone: {
    /** False for a wrong password or an account that is not there. */
    registers(account: AccountId, password: string, how?: { answersAfterMs: number | null }): boolean
    goes(account: AccountId): void
    /** The channel of the call that it is in. */
    channel(account: AccountId): ChannelId | undefined
  }
  /** Voices by channel id, `music`, sounds by their names. */
  hears(id: ChannelId): Set<Audible>
  /** The link breaks; calls go on, what they say meanwhile is lost. */
  cut(reason?: string): void
  heal(): void
  /** Everything living and all accounts are forgotten, the link drops; `heal` brings it back. */
  restart(): void
  /** Another server takes our place: the link is gone until `open`. */
  takeOver(): void
  /** A recording's file is gone, as on a disk that broke. */
  loses(recording: RecordingId): void
  /** Each command takes so long from now on. */
  slowDown(ms: number): void
}

export interface FakeOptions {
  clock: Clock
  log: Log
  /** Milliseconds of the sounds that exist. */
  sounds?: Readonly<Record<string, number>>
  /** Phones on desks that the switch knows by itself, registered and lifted after so long. */
  deskPhones?: Readonly<Record<AccountId, number>>
}

/** A small real switch in memory: it makes calls, rings, moves voices, forgets, breaks. */
export function fakeTelephony({ clock, log, sounds = { 'sound:beep': 400 }, deskPhones = {} }: FakeOptions): {
  telephony: Telephony
  pbx: FakeSwitch
} {
  const state = emptySwitch('run-1')
  const signals = emitter<Signal>()
  let link: 'closed' | 'wanted' | 'up' = 'closed'
  let isBroken = false
  let delayMs = 0
  let runs = 1
  let callers = 0

  const tell = (fact: Fact) => {
    if (link === 'up') signals.emit({ signal: 'fact', fact })
  }
  const lengthOf = (sound: Sound) => {
    if (sound.startsWith('tone:')) return null
    if (sound.startsWith('recording:')) return state.stored.get(sound.slice('recording:'.length))?.ms
    return sounds[sound]
  }
  const rules = switchRules(state, clock, tell, lengthOf)

  const powerOn = () => {
    for (const [account, answersAfterMs] of Object.entries(deskPhones))
      state.phones.set(account, { account, answersAfterMs })
  }
  const comeUp = () => {
    if (link !== 'wanted') return
    if (isBroken) return signals.emit({ signal: 'down', reason: 'the switch is not reached' })
    link = 'up'
    signals.emit({ signal: 'up', state: stateOf(), meanwhile: [] })
  }
  const stateOf = (): WireState => ({
    startedAt: state.startedAt,
    channels: [...state.channels.values()].map(({ id, kind, state: now, held, bridge, call }) => ({
      id,
      kind,
      state: now,
      held,
      bridge,
      call,
    })),
    bridges: [...state.bridges].map((id) => ({
      id,
      channels: [...state.channels.values()].filter(({ bridge }) => bridge === id).map((each) => each.id),
    })),
    phones: [...state.phones.keys()],
    playbacks: [...state.playbacks.keys()],
    recordings: [...state.recordings.keys()],
  })
  const down = (reason: string, then: 'wanted' | 'closed') => {
    const wasUp = link === 'up'
    link = then
    if (wasUp) signals.emit({ signal: 'down', reason })
  }

  const wire: Wire = {
    signals: signals.event,
    open: () => {
      if (link === 'closed') link = 'wanted'
      clock.after(0, comeUp)
    },
    close: async () => {
      link = 'closed'
    },
    commands: slowed(commandsOn(state, rules, clock), async () => {
      if (delayMs > 0) await new Promise<void>((resolve) => void clock.after(delayMs, resolve))
      if (link !== 'up') throw new AppError('line-down', 'the link broke meanwhile')
    }),
  }
  powerOn()

  /** What Asterisk's dialplan does while nobody of ours is there. */
  function arrive(id: ChannelId, call: IncomingCall, tries: number): void {
    if (link === 'up') rules.callIn(id, call, tries > 0)
    else if (tries < 12) clock.after(5_000, () => arrive(id, call, tries + 1))
  }

  const act = (id: ChannelId, isPossible: (state: string) => boolean, what: () => void): boolean => {
    const channel = state.channels.get(id)
    if (channel === undefined || !isPossible(channel.state)) return false
    what()
    return true
  }
  const isUp = (now: string) => now === 'up'
  const hold = (id: ChannelId, on: boolean) =>
    act(id, isUp, () => {
      const channel = state.channels.get(id)
      if (channel) channel.held = on
      tell({ fact: 'hold', channel: id, on })
    })

  const pbx: FakeSwitch = {
    callIn: ({ from = null, to, name = null, line = 'carrier' }) => {
      const id = `caller-${++callers}`
      arrive(id, { from, to, name, line }, 0)
      return id
    },
    party: {
      answers: (id) =>
        act(
          id,
          (now) => now !== 'up',
          () => {
            const channel = state.channels.get(id)
            channel?.stopSteps()
            if (channel) rules.up(channel)
          },
        ),
      hangsUp: (id) =>
        act(
          id,
          () => true,
          () => rules.end(id, 16),
        ),
      presses: (id, digit) => act(id, isUp, () => tell({ fact: 'dtmf', channel: id, digit })),
      holds: (id) => hold(id, true),
      resumes: (id) => hold(id, false),
      asksTransfer: (id, to) => act(id, isUp, () => tell({ fact: 'transfer', channel: id, to })),
      digits: (id) => state.channels.get(id)?.sent ?? '',
      number: (id) => {
        const to = state.channels.get(id)?.to
        return to?.kind === 'trunk' ? to.number : ''
      },
      headers: (id) => state.channels.get(id)?.headers ?? {},
    },
    phone: {
      registers: (account, password, { answersAfterMs } = { answersAfterMs: 50 }) => {
        if (state.accounts.get(account) !== password) return false
        state.phones.set(account, { account, answersAfterMs })
        tell({ fact: 'phone', account, registered: true })
        return true
      },
      goes: (account) => {
        if (state.phones.delete(account)) tell({ fact: 'phone', account, registered: false })
      },
      channel: (account) =>
        [...state.channels.values()].find(({ to }) => to?.kind === 'operator' && to.account === account)?.id,
    },
    hears: (id) => hears(state, id),
    cut: (reason = 'the connection broke') => {
      isBroken = true
      down(reason, 'wanted')
    },
    heal: () => {
      isBroken = false
      clock.after(0, comeUp)
    },
    restart: () => {
      isBroken = true
      down('the switch went away', 'wanted')
      rules.forget()
      powerOn()
      state.startedAt = `run-${++runs}`
    },
    takeOver: () => down('replaced', 'closed'),
    loses: (id) => {
      state.recordings.delete(id)
      state.stored.delete(id)
    },
    slowDown: (ms) => {
      delayMs = ms
    },
  }
  return { telephony: telephonyOver(wire, { clock, log }), pbx }
}

/** The same commands, each after `first`. */
function slowed(commands: Wire['commands'], first: () => Promise<void>): Wire['commands'] {
  const after = <A extends unknown[], R>(command: (...args: A) => Promise<R>) => {
    return async (...args: A): Promise<R> => {
      await first()
      return command(...args)
    }
  }
  return {
    createChannel: after(commands.createChannel),
    dial: after(commands.dial),
    answer: after(commands.answer),
    hangUp: after(commands.hangUp),
    startMusic: after(commands.startMusic),
    stopMusic: after(commands.stopMusic),
    mute: after(commands.mute),
    unmute: after(commands.unmute),
    sendDtmf: after(commands.sendDtmf),
    createBridge: after(commands.createBridge),
    addToBridge: after(commands.addToBridge),
    removeFromBridge: after(commands.removeFromBridge),
    destroyBridge: after(commands.destroyBridge),
    play: after(commands.play),
    stopPlaying: after(commands.stopPlaying),
    record: after(commands.record),
    pauseRecording: after(commands.pauseRecording),
    resumeRecording: after(commands.resumeRecording),
    stopRecording: after(commands.stopRecording),
    fetchRecording: after(commands.fetchRecording),
    deleteRecording: after(commands.deleteRecording),
    snoop: after(commands.snoop),
    provision: after(commands.provision),
    withdraw: after(commands.withdraw),
  }
}
