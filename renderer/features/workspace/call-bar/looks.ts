import {
  ArrowRightLeft,
  Circle,
  Grip,
  Mic,
  MicOff,
  Pause,
  Phone,
  PhoneForwarded,
  PhoneOff,
  Play,
  Repeat,
  Square,
  Undo2,
  UsersRound,
} from 'lucide-react'
import type { Desktop } from '../../../../shared/contract/index.ts'
import type { Button } from '../../../../shared/domain/call/buttons.ts'
import type { CommandName } from '../../../../shared/domain/call/legs.ts'
import type { Client } from '../../../../shared/rpc/contract.ts'
import type { AttemptId } from '../../../../shared/std/ids.ts'
import type { MessageKey } from '../../../../shared/text/keys.ts'
import type { ButtonVariant } from '../../../ui/button.tsx'
import type { Keys } from '../../../ui/hotkeys/keys.ts'
import type { Icon } from '../../../ui/icon.ts'

/** How a button that may be pressed looks and which keys press it; whether it may is not decided here. */
export interface Look {
  /** One action for a pair such as mute and unmute: the same key, and headsets find it by this name. */
  action: `call.${string}`
  label: MessageKey
  icon: Icon
  keys: readonly Keys[]
  variant?: ButtonVariant
  /** Pressed in: pressing again takes it back. */
  isOn?: boolean
  /** Sent and not yet confirmed while one of these is asked. */
  asked: readonly CommandName[]
}

export type Pressable = Exclude<Button, 'outcome' | 'transfer' | 'consult' | 'dtmf'>

const mute = { action: 'call.mute', keys: ['F6'], asked: ['mute', 'unmute'] } as const
const hold = { action: 'call.hold', keys: ['F7'], asked: ['hold', 'resume'] } as const
const recordAsked = ['record-start', 'record-pause', 'record-resume'] as const
const record = { action: 'call.record', keys: ['Shift+F9'], asked: recordAsked } as const

export const looks: Readonly<Record<Pressable, Look>> = {
  answer: {
    action: 'call.answer',
    label: 'call.answer',
    icon: Phone,
    keys: ['F2'],
    variant: 'primary',
    asked: ['answer'],
  },
  decline: {
    action: 'call.decline',
    label: 'call.decline',
    icon: PhoneForwarded,
    keys: ['F4'],
    asked: ['decline'],
  },
  mute: { ...mute, label: 'call.mute', icon: MicOff, isOn: false },
  unmute: { ...mute, label: 'call.unmute', icon: Mic, isOn: true },
  hold: { ...hold, label: 'call.hold', icon: Pause, isOn: false },
  resume: { ...hold, label: 'call.resume', icon: Play, isOn: true },
  'hang-up': {
    action: 'call.hangUp',
    label: 'call.hangUp',
    icon: PhoneOff,
    keys: ['F4'],
    variant: 'danger',
    asked: ['hang-up'],
  },
  // F7 and F8 go on where hold and transfer were: neither is there while a second party is.
  swap: { action: 'call.swap', label: 'call.swap', icon: Repeat, keys: ['F7'], asked: ['swap'] },
  join: { action: 'call.join', label: 'call.join', icon: UsersRound, keys: ['Shift+F8'], asked: ['join'] },
  complete: {
    action: 'call.complete',
    label: 'call.complete',
    icon: ArrowRightLeft,
    keys: ['F8'],
    variant: 'primary',
    asked: ['complete'],
  },
  'cancel-consult': {
    action: 'call.cancelConsult',
    label: 'call.cancelConsult',
    icon: Undo2,
    keys: ['Shift+F7'],
    asked: ['cancel-consult'],
  },
  'record-start': { ...record, label: 'call.record.start', icon: Circle },
  'record-pause': { ...record, label: 'call.record.pause', icon: Pause },
  'record-resume': { ...record, label: 'call.record.resume', icon: Play },
  'record-stop': {
    action: 'call.recordStop',
    label: 'call.record.stop',
    icon: Square,
    keys: ['Ctrl+Shift+F9'],
    asked: ['record-stop'],
  },
}

export const transferLook = { action: 'call.transfer', keys: ['F8'], icon: ArrowRightLeft } as const
export const keypadLook = { action: 'call.keypad', keys: ['F9'], icon: Grip } as const

/** What pressing it asks of the host. */
export function command(
  calls: Client<Desktop>['call'],
  attempt: AttemptId,
  button: Pressable,
): () => Promise<void> {
  const on = { attempt }
  switch (button) {
    case 'answer':
      return () => calls.answer(on)
    case 'decline':
      return () => calls.decline(on)
    case 'hang-up':
      return () => calls.hangUp(on)
    case 'hold':
      return () => calls.hold(on)
    case 'resume':
      return () => calls.resume(on)
    case 'mute':
      return () => calls.mute(on)
    case 'unmute':
      return () => calls.unmute(on)
    case 'swap':
      return () => calls.swap(on)
    case 'join':
      return () => calls.join(on)
    case 'complete':
      return () => calls.complete(on)
    case 'cancel-consult':
      return () => calls.cancelConsult(on)
    case 'record-start':
      return () => calls.record({ ...on, do: 'start' })
    case 'record-pause':
      return () => calls.record({ ...on, do: 'pause' })
    case 'record-resume':
      return () => calls.record({ ...on, do: 'resume' })
    case 'record-stop':
      return () => calls.record({ ...on, do: 'stop' })
  }
}
