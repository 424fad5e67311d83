import type { Levels } from '../../shared/contract/media.ts'
import type { Clock } from '../../shared/std/clock.ts'
import type { Unsubscribe, Watchable } from '../../shared/std/event.ts'
import { emitter } from '../../shared/std/event.ts'
import type { Hearing } from './level-rules.ts'
import { listen, onScale } from './level-rules.ts'
import type { Meter } from './sound.ts'
import { createMeter } from './sound.ts'

/** About 15 a second: the eye sees no more in a bar. */
const everyMs = 66
const noLevels: Levels = { input: 0, output: 0 }

export interface LevelPorts {
  input: Watchable<MediaStream | null>
  output: Watchable<MediaStream | null>
  context: () => AudioContext
  judged: (verdict: 'heard' | 'silent') => void
  /** The last onlooker has left. */
  unwatched: () => void
  clock: Clock
}

/** Levels of both directions, measured from the first onlooker to the last. */
export function watchLevels(ports: LevelPorts): Watchable<Levels> {
  const { clock } = ports
  const changes = emitter<Levels>()
  let levels = noLevels
  let lookers = 0
  let stop = () => {}

  const begin = () => {
    const input = followed(ports.input, ports.context)
    const output = followed(ports.output, ports.context)
    let hearing: Hearing | null = null
    let stopClock = () => {}
    const round = () => {
      const spoken = input.read()
      if (spoken !== null) {
        hearing = listen(hearing, spoken, clock.now())
        if (hearing.verdict !== 'open') ports.judged(hearing.verdict)
      }
      levels = { input: onScale(spoken ?? -100), output: onScale(output.read() ?? -100) }
      changes.emit(levels)
      stopClock = clock.after(everyMs, round)
    }
    round()
    stop = () => {
      stopClock()
      input.close()
      output.close()
      levels = noLevels
    }
  }
  return {
    current: () => levels,
    changed: (listener) => {
      const leave = changes.event(listener)
      if (++lookers === 1) begin()
      let looking = true
      return () => {
        if (!looking) return
        looking = false
        leave()
        if (--lookers > 0) return
        stop()
        ports.unwatched()
      }
    },
  }
}

/** A meter that moves on to each new stream. */
function followed(source: Watchable<MediaStream | null>, context: () => AudioContext) {
  let meter: Meter | null = null
  const follow = (stream: MediaStream | null) => {
    meter?.close()
    meter = stream === null ? null : createMeter(context(), stream)
  }
  follow(source.current())
  const leave: Unsubscribe = source.changed(follow)
  return {
    read: () => meter?.read() ?? null,
    close: () => {
      leave()
      meter?.close()
      meter = null
    },
  }
}
