import type { Clock } from '../../shared/std/clock.ts'
import { loudness } from './level-rules.ts'
import type { Tune } from './ring-rules.ts'
import { tunes } from './ring-rules.ts'

/** A place where sound comes out, on a device of its own choice. */
export interface Speaker {
  play(stream: MediaStream | null): void
  /** '' is the system's own. A device that is not there any more leaves the sound where it is. */
  to(deviceId: string): void
}

/** An element that is in no document plays all the same, and Chromium counts what it plays (inbound audio level). */
export function createSpeaker(): Speaker {
  const element = new Audio()
  element.autoplay = true
  return {
    play: (stream) => {
      element.srcObject = stream
      // refused before the person has touched the page; the browser starts it by itself then
      if (stream) void element.play().catch(() => undefined)
      else element.pause()
    },
    to: (deviceId) => {
      if (typeof element.setSinkId === 'function') void element.setSinkId(deviceId).catch(() => undefined)
    },
  }
}

export interface Ringer {
  to(deviceId: string): void
  start(tune: Tune): void
  stop(): void
}

/** Plays made tones on a device of its own; silent in the moment it is stopped. */
export function createRinger(makeContext: () => AudioContext, clock: Clock): Ringer {
  const speaker = createSpeaker()
  let stop = () => {}
  return {
    to: speaker.to,
    start: (tune) => {
      stop()
      const context = makeContext()
      const out = context.createMediaStreamDestination()
      const volume = context.createGain()
      volume.gain.value = 0.25
      volume.connect(out)
      speaker.play(out.stream)
      let stopClock = () => {}
      const { notes, roundSeconds } = tunes[tune]
      const round = () => {
        for (const note of notes) playNote(context, volume, note)
        if (roundSeconds !== null) stopClock = clock.after(roundSeconds * 1000, round)
      }
      round()
      stop = () => {
        stopClock()
        volume.disconnect()
        speaker.play(null)
        stop = () => {}
      }
    },
    stop: () => stop(),
  }
}

function playNote(
  context: AudioContext,
  to: AudioNode,
  note: { at: number; hertz: number; seconds: number },
) {
  const tone = context.createOscillator()
  const shape = context.createGain()
  const from = context.currentTime + note.at
  const until = from + note.seconds
  tone.frequency.value = note.hertz
  // without these ramps every note clicks
  shape.gain.setValueAtTime(0, from)
  shape.gain.linearRampToValueAtTime(1, from + 0.01)
  shape.gain.setValueAtTime(1, until - 0.02)
  shape.gain.linearRampToValueAtTime(0, until)
  tone.connect(shape).connect(to)
  tone.start(from)
  tone.stop(until)
}

/** How loud a stream is now, in dBFS. Nothing of it leaves the page. */
export interface Meter {
  read(): number
  close(): void
}

export function createMeter(context: AudioContext, stream: MediaStream): Meter {
  const source = context.createMediaStreamSource(stream)
  const analyser = context.createAnalyser()
  analyser.fftSize = 2048
  source.connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  return {
    read: () => {
      analyser.getFloatTimeDomainData(samples)
      return loudness(samples)
    },
    close: () => source.disconnect(),
  }
}

/** A track of silence, for a leg that comes before the microphone does. */
export const silentTrack = (context: AudioContext): MediaStreamTrack =>
  context.createMediaStreamDestination().stream.getAudioTracks()[0]!
