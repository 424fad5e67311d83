import type { Desk } from '../../../shared/contract/call.ts'
import type { HeadsetKey, HeadsetLamps } from '../../../shared/contract/media.ts'
import { darkLamps } from '../../../shared/contract/media.ts'

/** A headset's key does what a key of the keyboard does: the first of these actions that can be done now. */
const actions: Readonly<Record<HeadsetKey, readonly string[]>> = {
  'hook-off': ['call.answer', 'call.dial'],
  'hook-on': ['call.hangUp'],
  mute: ['call.mute'],
  flash: ['call.swap', 'call.hold'],
  drop: ['call.decline', 'call.hangUp'],
  redial: ['call.dial', 'call.redial'],
}

export function actionOf<T extends { id: string }>(key: HeadsetKey, active: readonly T[]): T | undefined {
  for (const id of actions[key]) {
    const found = active.findLast((action) => action.id === id)
    if (found) return found
  }
  return undefined
}

/** What the headset shows of the call on the desk, or of the colleague who asks. */
export function lampsOf({ work, asked }: Pick<Desk, 'work' | 'asked'>): HeadsetLamps {
  const call = work?.call
  if (!call) return { ...darkLamps, offHook: asked?.state === 'up', ring: asked?.state === 'ringing' }
  const { phase, direction } = call
  if (phase.name === 'talking') return { offHook: true, ring: false, mute: phase.muted, hold: phase.held }
  if (phase.name === 'ringing')
    return { ...darkLamps, offHook: direction === 'out', ring: direction === 'in' }
  return darkLamps
}
