import { Ear, MessageCircle, Users } from 'lucide-react'
import type { SupervisionMode } from '../../../../shared/domain/supervision/supervision.ts'
import type { Keys } from '../../../ui/hotkeys/keys.ts'
import type { Icon } from '../../../ui/icon.ts'
import type { StateTone } from '../../../ui/tone.ts'

export interface ModeLook {
  icon: Icon
  tone: StateTone
  /** The same key on the board and in the bar. */
  shortcut: Keys
}

/** How each way to be with a call looks and is reached. */
export const modeLooks: Readonly<Record<SupervisionMode, ModeLook>> = {
  listen: { icon: Ear, tone: 'hold', shortcut: 'L' },
  coach: { icon: MessageCircle, tone: 'wrap', shortcut: 'C' },
  join: { icon: Users, tone: 'talk', shortcut: 'J' },
}
