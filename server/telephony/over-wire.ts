import type { Clock } from '../../shared/std/clock.ts'
import { AppError } from '../../shared/std/errors.ts'
import { emitter } from '../../shared/std/event.ts'
import type { Log } from '../../shared/std/log.ts'
import type { Told } from './mirror.ts'
import { mirror } from './mirror.ts'
import type { Accepted, ChannelId, Telephony, TelephonyEvent } from './port.ts'
import type { Fact, Signal, Wire } from './wire.ts'

/**
 * The port over one wire: facts become events exactly once, a gap is closed before anything goes on, commands without a
 * link are refused, and time-outs are ours.
 */
export function telephonyOver(wire: Wire, { clock, log }: { clock: Clock; log: Log }): Telephony {
  const events = emitter<TelephonyEvent>()
  const known = mirror()
  /** From `createChannel` until it is answered or ended. */
  const ringing = new Map<ChannelId, { timeoutMs: number; stop: () => void; isOverdue: boolean }>()
  let link: 'up' | 'down' = 'down'
  /** Which run of the switch the last link was to; null before the first. */
  let run: string | null = null
  let isDownTold = false
  let last = 0

  const tell = (told: readonly Told[]) => {
    for (const event of told) {
      last = Math.max(last, clock.now())
      if (event.type === 'answered' || event.type === 'ended') {
        ringing.get(event.channel)?.stop()
        ringing.delete(event.channel)
      }
      events.emit({ ...event, at: last })
    }
  }

  function linkIsUp({ state, meanwhile }: Extract<Signal, { signal: 'up' }>): void {
    const isFirst = run === null
    const restarted = !isFirst && run !== state.startedAt
    run = state.startedAt
    // What the new link has already said about the ends of calls is truer than `lost`.
    const toldBefore = meanwhile.flatMap((fact) => (fact.fact === 'gone' ? known.apply(fact) : []))
    // Who has just come or just gone is told as such below, not taken over in silence.
    const settled = state.channels.filter(
      ({ id }) => known.channel(id) !== undefined || !isNews(meanwhile, id),
    )
    const missed = known.resync({ ...state, channels: settled })
    if (!isFirst) tell([{ type: 'gap' }, ...toldBefore, ...missed])
    link = 'up'
    isDownTold = false
    tell([{ type: 'link-up', restarted }])
    for (const fact of meanwhile) tell(known.apply(fact))
    for (const [id, { isOverdue }] of ringing) if (isOverdue) timeOut(id)
  }

  wire.signals((signal) => {
    if (signal.signal === 'fact') tell(known.apply(signal.fact))
    else if (signal.signal === 'up') linkIsUp(signal)
    else {
      // Each try that fails says so; it is told once, until the link has been up again.
      const isNews = link !== 'down' || !isDownTold
      link = 'down'
      isDownTold = true
      if (isNews) tell([{ type: 'link-down', reason: signal.reason }])
    }
  })

  const needLink = () => {
    if (link === 'down') throw new AppError('line-down', 'there is no link to the switch')
  }
  const guarded =
    <A extends unknown[], R>(command: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      needLink()
      return command(...args)
    }

  function timeOut(id: ChannelId): void {
    const call = ringing.get(id)
    if (call === undefined) return
    known.asked(id, 'time-out')
    call.isOverdue = link === 'down'
    if (link === 'down') return
    wire.commands.hangUp(id).catch((error: unknown) => {
      // The switch's own timer, a little later than ours, ends it then.
      log.warn({ err: error, channel: id }, 'a channel that nobody answered could not be hung up')
    })
  }

  /** Makes a channel known before its first fact can come, and unknown again where it is refused. */
  async function make(id: ChannelId, kind: 'out' | 'snoop', ask: () => Promise<Accepted>): Promise<Accepted> {
    needLink()
    const asking = run
    known.expect(id)
    let accepted: Accepted
    try {
      accepted = await ask()
    } catch (error) {
      // Where nobody answered it may be there all the same: what is told of it counts.
      if (!isUnknown(error)) known.forget(id)
      throw error
    }
    // Restarted since: what was accepted is not there any more.
    if (accepted !== 'gone' && asking !== run) accepted = known.channel(id) === undefined ? 'gone' : accepted
    if (accepted === 'gone') known.forget(id)
    if (accepted === 'gone' || link === 'down') return accepted
    tell(known.created(id, kind))
    // Its end may have been told before the switch's answer to us came.
    return known.channel(id) === undefined ? 'gone' : accepted
  }

  async function begin(
    what: Parameters<typeof known.begun>[0],
    ask: () => Promise<Accepted>,
  ): Promise<Accepted> {
    needLink()
    if (!known.begun(what)) return 'already'
    const accepted = await ask().catch((error: unknown) => {
      if (!isUnknown(error)) known.notBegun(what)
      throw error
    })
    if (accepted === 'gone') known.notBegun(what)
    return accepted
  }

  const { commands } = wire
  return {
    events: events.event,
    link: () => link,
    open: () => wire.open(known.unfinished),
    close: async () => {
      link = 'down'
      for (const { stop } of ringing.values()) stop()
      await wire.close()
    },

    createChannel: async (channel) => {
      const accepted = await make(channel.id, 'out', () => commands.createChannel(channel))
      const isWaiting = accepted !== 'gone' && known.channel(channel.id)?.state !== 'up'
      if (isWaiting && !ringing.has(channel.id))
        ringing.set(channel.id, { timeoutMs: channel.timeoutMs, stop: () => {}, isOverdue: false })
      return accepted
    },
    dial: guarded((id) => {
      const call = ringing.get(id)
      const timeoutMs = call?.timeoutMs ?? longestRing
      call?.stop()
      if (call) call.stop = clock.after(timeoutMs, () => timeOut(id))
      return commands.dial(id, timeoutMs)
    }),
    hangUp: guarded(async (id, reason) => {
      const isThere = known.channel(id) !== undefined
      known.asked(id, 'hang-up')
      const accepted = await commands.hangUp(id, reason)
      if (accepted === 'gone' && !isThere) known.notAsked(id)
      return accepted
    }),
    snoop: (snoop) => make(snoop.id, 'snoop', () => commands.snoop(snoop)),
    createBridge: guarded(async (id) => {
      const accepted = await commands.createBridge(id)
      known.bridgeCreated(id)
      return accepted
    }),
    destroyBridge: guarded(async (id) => {
      const accepted = await commands.destroyBridge(id)
      tell(known.apply({ fact: 'bridge-gone', bridge: id }))
      return accepted
    }),
    play: (playback) => begin({ playback: playback.id }, () => commands.play(playback)),
    record: (recording) => begin({ recording: recording.id }, () => commands.record(recording)),

    answer: guarded(commands.answer),
    startMusic: guarded(commands.startMusic),
    stopMusic: guarded(commands.stopMusic),
    mute: guarded(commands.mute),
    unmute: guarded(commands.unmute),
    sendDtmf: guarded(commands.sendDtmf),
    addToBridge: guarded(commands.addToBridge),
    removeFromBridge: guarded(commands.removeFromBridge),
    stopPlaying: guarded(commands.stopPlaying),
    pauseRecording: guarded(commands.pauseRecording),
    resumeRecording: guarded(commands.resumeRecording),
    stopRecording: guarded(commands.stopRecording),
    fetchRecording: guarded(commands.fetchRecording),
    deleteRecording: guarded(commands.deleteRecording),
    // The switch keeps the contact of before and says nothing of it; for us that phone is gone.
    provision: guarded(async (account) => {
      const accepted = await commands.provision(account)
      tell(known.apply({ fact: 'phone', account: account.id, registered: false }))
      return accepted
    }),
    withdraw: guarded(async (id) => {
      const accepted = await commands.withdraw(id)
      tell(known.apply({ fact: 'phone', account: id, registered: false }))
      return accepted
    }),
    snapshot: guarded(async () => known.snapshot()),
  }
}

/** Of a channel that this process has not made and dials all the same. */
const longestRing = 60_000

const isNews = (facts: readonly Fact[], id: ChannelId) =>
  facts.some((fact) => (fact.fact === 'gone' || fact.fact === 'incoming') && fact.channel === id)

/** Whether a command that failed may have been carried out. */
const isUnknown = (error: unknown) =>
  error instanceof AppError && (error.code === 'deadline-passed' || error.code === 'line-down')
