import { marked } from '../../shared/domain/call/recording.ts'
import type { PauseReason } from '../../shared/domain/call/recording.ts'
import type { RecordingState } from '../../shared/domain/call/legs.ts'
import { AppError } from '../../shared/std/errors.ts'
import type { RecordingId } from '../../shared/std/ids.ts'
import { unreachable } from '../../shared/std/never.ts'
import type { LiveLeg } from './legs.ts'
import { bridgeOf } from './names.ts'
import type { CallsPorts } from './ports.ts'
import type { Kept } from './recording-kept.ts'
import type { RecordingStep } from './recording-rules.ts'
import type { Telephony } from '../telephony/port.ts'

export interface RecordingSteps {
  /** False where the switch did not take it: what follows is another event's. */
  take(leg: LiveLeg, kept: Kept, step: RecordingStep): Promise<boolean>
  /** Writes down for what the recording stands still. */
  note(kept: Kept, reasons: readonly PauseReason[]): Promise<void>
  /** Nothing of it goes on at the switch. */
  finish(kept: Kept): Promise<void>
}

/** What is asked of the switch for a recording, each written down. Always in the turn of the call's recording. */
export function recordingSteps(
  ports: Pick<CallsPorts, 'settings' | 'recordings' | 'clock' | 'makeId' | 'log'>,
  line: Telephony,
  tell: (leg: LiveLeg, recording: RecordingState) => void,
): RecordingSteps {
  const { clock, log, makeId, recordings: book } = ports

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
    const running = {
      ...{ id, startedAt: clock.now(), marks: [], noted: [], keepMs: null },
      ...{ isPaused: false, isStill: false, isUnsure: false },
    }
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
    running.isStill = false
    const accepted = await (isPaused ? line.pauseRecording(running.id) : line.resumeRecording(running.id))
    if (accepted === 'gone') {
      await finish(kept)
      tell(leg, 'off')
      return false
    }
    Object.assign(running, { isPaused, isStill: isPaused })
    tell(leg, isPaused ? 'paused' : 'on')
    return true
  }

  async function note(kept: Kept, reasons: readonly PauseReason[]): Promise<void> {
    const { running } = kept
    if (running === null) return
    const heldBack = [...kept.heldBack].toSorted()
    const marks = marked(running.marks, reasons, clock.now())
    if (marks === running.marks && heldBack.join() === running.noted.join()) return
    Object.assign(running, { marks, noted: heldBack })
    await book?.change(running.id, { marks, heldBack })
  }

  async function finish(kept: Kept): Promise<void> {
    const { running } = kept
    kept.running = null
    const later = (error: unknown) => {
      log.info({ err: error, leg: kept.leg }, 'what is recorded of a call is stopped when it is fetched')
    }
    if (kept.playback !== null) await stopNotice(kept).catch(later)
    if (running === null) return
    const marks = marked(running.marks, [], clock.now())
    // Whoever fetches the sound stops it again, so a link that breaks now loses nothing.
    await line.stopRecording(running.id).catch(later)
    if (marks !== running.marks) await book?.change(running.id, { marks, heldBack: [] })
    await book?.ended(running.id, clock.now())
  }

  return { take, note, finish }
}
