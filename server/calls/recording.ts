import type { RecordingState } from '../../shared/domain/call/legs.ts'
import { soundAt } from '../../shared/domain/call/recording.ts'
import { AppError } from '../../shared/std/errors.ts'
import type { LegId, RecordingId, UserId } from '../../shared/std/ids.ts'
import type { LiveLeg, LiveLegs } from './legs.ts'
import { isUp } from './legs.ts'
import type { OperatorPhones } from './operator-leg.ts'
import type { CallsPorts } from './ports.ts'
import type { Kept, Running } from './recording-kept.ts'
import { courseOf, inTheWay } from './recording-kept.ts'
import { nextStep } from './recording-rules.ts'
import { recordingSteps } from './recording-steps.ts'
import type { Telephony, TelephonyEvent } from '../telephony/port.ts'
import type { Turns } from './turns.ts'

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

/** Two clocks and the start of a recording are less apart than this; and a switch that stands still so soon is in time. */
const cutBeforeMs = 1_000

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
  /** Legs in whose script a sensitive field has the focus, also while they still ring. */
  const focused = new Set<LegId>()
  const turnOf = (channel: string) => `recording ${channel}`
  const notNow = (why: string, details?: unknown) => new AppError('not-in-this-state', why, { details })
  const isCurrent = (leg: LiveLeg) => legs.find(leg.leg) === leg

  const steps = recordingSteps(ports, line, tell)
  const reasonsOf = (leg: LiveLeg, kept: Kept) => inTheWay(leg, kept, phones().isUp(leg.user))

  async function keptOf(leg: LiveLeg): Promise<Kept | null> {
    const before = all.get(leg.channel)
    if (before?.leg === leg.leg) return before
    if (book === null || leg.attempt === null || !isUp(leg)) return null
    const mode = await book.modeOf(leg.attempt)
    leg.recording = 'off'
    const kept: Kept = {
      leg: leg.leg,
      mode,
      wanted: mode === 'always' || (mode === 'on-demand' && before?.wanted === true),
      notice: before?.notice === 'heard' ? 'heard' : 'unheard',
      playback: null,
      running: null,
      heldBack: new Set(focused.has(leg.leg) ? ['sensitive'] : []),
    }
    all.set(leg.channel, kept)
    return kept
  }

  /** Written before the switch is asked: whatever comes in between, what follows is not stored. */
  async function cutHere({ id, startedAt, marks }: Running): Promise<number> {
    const keepMs = Math.max(0, soundAt(startedAt, marks, clock.now()) - cutBeforeMs)
    await book?.keepOnly(id, keepMs)
    return keepMs
  }

  function tell(leg: LiveLeg, recording: RecordingState): void {
    leg.recording = recording
    if (isCurrent(leg)) legs.tell(leg, { type: 'leg-recording', recording })
  }

  async function walk(leg: LiveLeg): Promise<void> {
    const kept = isCurrent(leg) ? await keptOf(leg) : null
    if (kept === null) return
    const reasons = reasonsOf(leg, kept)
    // Before it is asked for: a mark may be longer than the pause, never shorter (`soundAt`).
    if (reasons.length > 0) await steps.note(kept, reasons)
    if (line.link() === 'down') return
    if (kept.running !== null && kept.running.keepMs !== null) await steps.take(leg, kept, 'stop')
    if (kept.running?.isUnsure === true) {
      // After a break: it is there, or it has ended and another one begins.
      kept.running.isUnsure = false
      await steps.take(leg, kept, reasonsOf(leg, kept).length > 0 ? 'pause' : 'resume')
    }
    for (;;) {
      const step = nextStep(courseOf(kept), isUp(leg), reasonsOf(leg, kept))
      if (step === null || !(await steps.take(leg, kept, step))) break
    }
    await steps.note(kept, reasonsOf(leg, kept))
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

  /** A call that is over, or a colleague's from now on. */
  async function over(channel: string, leg: LegId): Promise<void> {
    const kept = all.get(channel)
    if (kept?.leg !== leg) return
    if (legs.byChannel(channel) === undefined) all.delete(channel)
    await steps.finish(kept)
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
        if (legs.find(kept.leg) === undefined) {
          turns.go(turnOf(channel), () => over(channel, kept.leg))
        }
      }
      for (const leg of focused) if (legs.find(leg) === undefined) focused.delete(leg)
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
        const reasons = reasonsOf(leg, kept)
        if (what === 'resume' && reasons.length > 0) throw notNow('it goes on by itself', { reasons })
        // Said again where nothing has changed: whoever asked waits for the fact.
        if (kept.running !== null && leg.recording === before) tell(leg, before)
      }),
    sensitive: (leg, on) =>
      turns.take(turnOf(leg.channel), async () => {
        if (on) focused.add(leg.leg)
        else focused.delete(leg.leg)
        const kept = isCurrent(leg) ? await keptOf(leg) : null
        if (kept === null) return
        if (!on) kept.heldBack.delete('sensitive')
        if (!on) return walk(leg)
        const { running } = kept
        const isOn = running !== null && !running.isStill && running.keepMs === null
        const keepMs = isOn ? await cutHere(running) : null
        const askedAt = clock.now()
        kept.heldBack.add('sensitive')
        try {
          await walk(leg)
        } finally {
          if (running !== null && keepMs !== null) {
            const isInTime = running.isStill && clock.now() - askedAt <= cutBeforeMs
            if (isInTime) await book?.keepOnly(running.id, null)
            else running.keepMs = keepMs
          }
        }
      }),
    restore: async () => {
      for (const { id, leg: name, startedAt, heldBack, marks, keepMs } of (await book?.running()) ?? []) {
        const leg = legs.find(name)
        const isPaused = marks.at(-1)?.to === null
        const running = {
          ...{ id, startedAt, marks, noted: heldBack, keepMs },
          ...{ isPaused, isStill: false, isUnsure: true },
        }
        if (!leg || leg.attempt === null || !book) {
          await book?.ended(id, clock.now())
          continue
        }
        leg.recording = isPaused ? 'paused' : 'on'
        all.set(leg.channel, {
          leg: name,
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
            await steps.finish(kept)
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
