import type { PauseMark, PauseReason } from '../../shared/domain/call/recording.ts'
import { marked } from '../../shared/domain/call/recording.ts'
import type { RecordingState } from '../../shared/domain/call/legs.ts'
import type { Instant } from '../../shared/std/clock.ts'
import { AppError } from '../../shared/std/errors.ts'
import type { LegId, RecordingId, UserId } from '../../shared/std/ids.ts'
import { unreachable } from '../../shared/std/never.ts'
import type { LiveLeg, LiveLegs } from './legs.ts'
import { isUp } from './legs.ts'
import { bridgeOf } from './names.ts'
import type { OperatorPhones } from './operator-leg.ts'
import type { CallsPorts } from './ports.ts'
import type { Course, RecordingStep } from './recording-rules.ts'
import { nextStep } from './recording-rules.ts'
import type { Telephony, TelephonyEvent } from '../telephony/port.ts'
import type { Turns } from './turns.ts'

interface Running {
  id: RecordingId
  startedAt: Instant
  isPaused: boolean
  marks: readonly PauseMark[]
  /** The link was down: the switch may have ended it. */
  isUnsure: boolean
}

/** Of one customer's channel: who was told of the recording stays told when a colleague takes the call. */
interface Kept {
  leg: LegId
  user: UserId
  mode: 'off' | 'always' | 'on-demand'
  wanted: boolean
  notice: Course['notice']
  playback: string | null
  running: Running | null
  heldBack: Set<PauseReason>
}

export interface Recorder {
  /** The operator's legs have changed, or their phone: the recordings follow, in turns of their own. */
  look(user: UserId): void
  /** What its operator wishes. Throws `not-in-this-state`. */
  ask(leg: LiveLeg, what: 'start' | 'pause' | 'resume' | 'stop'): Promise<void>
  /** A sensitive field has the focus, or has it no more. */
  sensitive(leg: LiveLeg, on: boolean): Promise<void>
  /** Of a server that starts, when its legs are known: what the switch was recording when it died. */
  restore(): Promise<void>
  happened(event: TelephonyEvent): void
}

/** Keeps the recordings on the switch as the calls are: the whole bridge, so both sides, while customer and operator talk. */
export function createRecorder(
  ports: Pick<CallsPorts, 'settings' | 'recordings' | 'clock' | 'makeId' | 'log'>,
  line: Telephony,
  turns: Turns,
  legs: LiveLegs,
  phones: () => Pick<OperatorPhones, 'isUp'>,
): Recorder {
  const { clock, log, makeId, recordings: book } = ports
  const all = new Map<string, Kept>()
  const turnOf = (channel: string) => `recording ${channel}`
  const notNow = (why: string, details?: unknown) => new AppError('not-in-this-state', why, { details })
  const isCurrent = (leg: LiveLeg) => legs.find(leg.leg) === leg

  function inTheWay({ held, party, user }: LiveLeg, { heldBack }: Kept): PauseReason[] {
    const isColleague = party?.to.kind === 'operator'
    // Somebody outside was not told that this is recorded; a colleague knows the house.
    const hears = party === null || party.state === 'customer' || (party.state === 'both' && isColleague)
    return [
      ...heldBack,
      ...(held ? (['hold'] as const) : []),
      ...(hears ? [] : (['consult'] as const)),
      ...(phones().isUp(user) ? [] : (['phone'] as const)),
    ]
  }

  const courseOf = ({ wanted, notice, running }: Kept): Course => ({
    wanted,
    notice,
    recording: running === null ? 'none' : running.isPaused ? 'paused' : 'on',
  })

  async function keptOf(leg: LiveLeg): Promise<Kept | null> {
    const before = all.get(leg.channel)
    if (before?.leg === leg.leg) return before
    if (book === null || leg.attempt === null || !isUp(leg)) return null
    const mode = await book.modeOf(leg.attempt)
    leg.recording = 'off'
    const kept: Kept = {
      leg: leg.leg,
      user: leg.user,
      mode,
      wanted: mode === 'always' || (mode === 'on-demand' && before?.wanted === true),
      notice: before?.notice === 'heard' ? 'heard' : 'unheard',
      playback: null,
      running: null,
      heldBack: new Set(),
    }
    all.set(leg.channel, kept)
    return kept
  }

  function tell(leg: LiveLeg, recording: RecordingState): void {
    leg.recording = recording
    if (isCurrent(leg)) legs.tell(leg, { type: 'leg-recording', recording })
  }

  async function walk(leg: LiveLeg): Promise<void> {
    const kept = isCurrent(leg) ? await keptOf(leg) : null
    if (kept === null || line.link() === 'down') return
    if (kept.running?.isUnsure === true) await makeSure(leg, kept, kept.running)
    for (;;) {
      const step = nextStep(courseOf(kept), isUp(leg), inTheWay(leg, kept))
      if (step === null || !(await take(leg, kept, step))) break
    }
    if (kept.running !== null) await note(kept, kept.running, inTheWay(leg, kept))
  }

  /** False where the switch did not take it: what follows is another event's. */
  async function take(leg: LiveLeg, kept: Kept, step: RecordingStep): Promise<boolean> {
    switch (step) {
      case 'play-notice':
        return playNotice(leg, kept)
      case 'stop-notice':
        return stopNotice(kept)
      case 'start':
        return start(leg, kept)
      case 'pause':
      case 'resume':
        return pause(leg, kept, step === 'pause')
      case 'stop':
        await finish(kept)
        tell(leg, 'off')
        return true
      default:
        return unreachable(step)
    }
  }

  async function playNotice(leg: LiveLeg, kept: Kept): Promise<boolean> {
    const playback = `notice-${makeId()}`
    // In the bridge, so that the operator hears it, too, and knows when it is over.
    const on = { bridge: bridgeOf(leg.user) }
    Object.assign(kept, { notice: 'playing', playback })
    const accepted = await line
      .play({ id: playback, on, sound: `sound:${ports.settings.recordingNotice}` })
      .catch((error: unknown) => {
        Object.assign(kept, { notice: 'unheard', playback: null })
        throw error
      })
    if (accepted === 'gone') Object.assign(kept, { notice: 'unheard', playback: null })
    return false
  }

  async function stopNotice(kept: Kept): Promise<boolean> {
    const { playback } = kept
    Object.assign(kept, { notice: 'unheard', playback: null })
    if (playback !== null) await line.stopPlaying(playback)
    return true
  }

  async function noticeOver(leg: LiveLeg, kept: Kept, wasHeard: boolean): Promise<void> {
    kept.playback = null
    kept.notice = wasHeard ? 'heard' : 'failed'
    if (wasHeard) return walk(leg)
    log.warn(
      { attempt: leg.attempt, sound: ports.settings.recordingNotice },
      'a call is not recorded: no notice',
    )
    const { leg: id, attempt, user } = leg
    const recording = { id: makeId() as RecordingId, leg: id, operator: user, at: clock.now() }
    if (attempt !== null) await book?.withoutNotice({ ...recording, attempt })
  }

  async function start(leg: LiveLeg, kept: Kept): Promise<boolean> {
    if (book === null || leg.attempt === null) return false
    const id = makeId() as RecordingId
    const { leg: name, attempt, user } = leg
    await book.begin({ id, leg: name, attempt, operator: user, at: clock.now() })
    const refuse = async (error?: unknown) => {
      kept.wanted = false
      log.error({ err: error, attempt, recording: id }, 'the switch did not record a call')
      await book.refused(id, clock.now())
    }
    const running = { id, startedAt: clock.now(), isPaused: false, marks: [], isUnsure: false }
    try {
      const accepted = await line.record({ id, bridge: bridgeOf(user), format: 'wav' })
      if (accepted === 'gone') await refuse()
      else kept.running = running
    } catch (error) {
      const isNetwork = error instanceof AppError && ['line-down', 'deadline-passed'].includes(error.code)
      // It may have done it: looked at when the link is back.
      if (isNetwork) kept.running = { ...running, isUnsure: true }
      else await refuse(error)
      if (isNetwork) throw error
    }
    if (kept.running === null) return false
    tell(leg, 'on')
    return true
  }

  async function pause(leg: LiveLeg, kept: Kept, isPaused: boolean): Promise<boolean> {
    const { running } = kept
    if (running === null) return false
    const accepted = await (isPaused ? line.pauseRecording(running.id) : line.resumeRecording(running.id))
    if (accepted === 'gone') {
      await finish(kept)
      tell(leg, 'off')
      return false
    }
    running.isPaused = isPaused
    tell(leg, isPaused ? 'paused' : 'on')
    return true
  }

  /** After a break: the recording is there, or it has ended and another one begins. */
  async function makeSure(leg: LiveLeg, kept: Kept, running: Running): Promise<void> {
    running.isUnsure = false
    await pause(leg, kept, inTheWay(leg, kept).length > 0)
  }

  async function note(kept: Kept, running: Running, reasons: readonly PauseReason[]): Promise<void> {
    const marks = marked(running.marks, reasons, clock.now())
    if (marks === running.marks) return
    running.marks = marks
    await book?.change(running.id, { marks, heldBack: [...kept.heldBack] })
  }

  async function finish(kept: Kept): Promise<void> {
    const { running } = kept
    kept.running = null
    if (kept.playback !== null) await stopNotice(kept)
    if (running === null) return
    const marks = marked(running.marks, [], clock.now())
    // Whoever fetches the sound stops it again, so a link that breaks now loses nothing.
    await line.stopRecording(running.id).catch((error: unknown) => {
      log.info({ err: error, recording: running.id }, 'a recording will be stopped when it is fetched')
    })
    if (marks !== running.marks) await book?.change(running.id, { marks, heldBack: [] })
    await book?.ended(running.id, clock.now())
  }

  /** A call that is over, or a colleague's from now on. */
  async function over(channel: string, leg: LegId): Promise<void> {
    const kept = all.get(channel)
    if (kept?.leg !== leg) return
    if (legs.byChannel(channel) === undefined) all.delete(channel)
    await finish(kept)
  }

  function onKept(is: (kept: Kept) => boolean, act: (leg: LiveLeg, kept: Kept) => Promise<void>): void {
    const found = [...all].find(([, kept]) => is(kept))
    if (!found) return
    const [channel, kept] = found
    turns.go(turnOf(channel), async () => {
      const leg = legs.find(kept.leg)
      if (leg && is(kept)) await act(leg, kept)
    })
  }

  return {
    look: (user) => {
      for (const [channel, kept] of all) {
        if (kept.user === user && legs.find(kept.leg) === undefined) {
          turns.go(turnOf(channel), () => over(channel, kept.leg))
        }
      }
      for (const leg of legs.of(user)) turns.go(turnOf(leg.channel), () => walk(leg))
    },
    ask: (leg, what) =>
      turns.take(turnOf(leg.channel), async () => {
        const kept = isCurrent(leg) ? await keptOf(leg) : null
        if (kept === null || kept.mode === 'off') throw notNow('calls of this campaign are not recorded')
        if (what === 'start' && kept.notice === 'failed') throw notNow('the notice cannot be played')
        if (what === 'stop' && kept.mode === 'always') throw notNow('calls of this campaign are all recorded')
        if (what !== 'start' && kept.running === null) throw notNow('nothing is being recorded')
        if (what === 'start') kept.wanted = true
        if (what === 'stop') kept.wanted = false
        if (what === 'pause') kept.heldBack.add('operator')
        if (what === 'resume') kept.heldBack.delete('operator')
        const before = leg.recording
        await walk(leg)
        const reasons = inTheWay(leg, kept)
        if (what === 'resume' && reasons.length > 0) throw notNow('it goes on by itself', { reasons })
        // Said again where nothing has changed: whoever asked waits for the fact.
        if (kept.running !== null && leg.recording === before) tell(leg, before)
      }),
    sensitive: (leg, on) =>
      turns.take(turnOf(leg.channel), async () => {
        const kept = isCurrent(leg) ? await keptOf(leg) : null
        if (kept === null) return
        if (on) kept.heldBack.add('sensitive')
        else kept.heldBack.delete('sensitive')
        await walk(leg)
      }),
    restore: async () => {
      for (const { id, leg: name, startedAt, heldBack, marks } of (await book?.running()) ?? []) {
        const leg = legs.find(name)
        const isPaused = marks.at(-1)?.to === null
        const running = { id, startedAt, isPaused, marks, isUnsure: true }
        if (!leg || leg.attempt === null || !book) {
          await book?.ended(id, clock.now())
          continue
        }
        leg.recording = isPaused ? 'paused' : 'on'
        all.set(leg.channel, {
          leg: name,
          user: leg.user,
          mode: await book.modeOf(leg.attempt),
          wanted: true,
          notice: 'heard',
          playback: null,
          running,
          heldBack: new Set(heldBack),
        })
      }
    },
    happened: (event) => {
      if (event.type === 'playback-finished') {
        const { playback, ok } = event
        onKept(
          (kept) => kept.playback === playback,
          (leg, kept) => noticeOver(leg, kept, ok),
        )
      } else if (event.type === 'recording-finished') {
        const { recording, failed } = event
        onKept(
          ({ running }) => running?.id === recording,
          async (leg, kept) => {
            if (failed !== undefined) {
              log.error({ recording, failed }, 'the switch broke a recording off')
              kept.wanted = false
            }
            await finish(kept)
            tell(leg, 'off')
            await walk(leg)
          },
        )
      } else if (event.type === 'link-down') {
        for (const kept of all.values()) {
          // Its end would be missed: it is played once more.
          if (kept.notice === 'playing') Object.assign(kept, { notice: 'unheard', playback: null })
          if (kept.running !== null) kept.running.isUnsure = true
        }
      }
    },
  }
}
