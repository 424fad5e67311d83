import type { MessageKey } from '../../../shared/text/keys.ts'
import type { Keys } from '../../ui/hotkeys/keys.ts'

/** Actions whose key may be changed, with the usual one. Letters of answers and digits of outcomes are the campaign's. */
export const remappable: readonly { id: string; label: MessageKey; keys: Keys }[] = [
  { id: 'call.dial', label: 'call.dial', keys: 'F2' },
  { id: 'call.hangUp', label: 'call.hangUp', keys: 'F4' },
  { id: 'call.mute', label: 'call.mute', keys: 'F6' },
  { id: 'call.hold', label: 'call.hold', keys: 'F7' },
  { id: 'call.transfer', label: 'call.transfer.button', keys: 'F8' },
  { id: 'call.keypad', label: 'call.keypad', keys: 'F9' },
  { id: 'call.record', label: 'call.record.key', keys: 'Shift+F9' },
  { id: 'dialPad.open', label: 'dialPad.title', keys: 'N' },
  { id: 'call.skip', label: 'call.skip', keys: 'S' },
  { id: 'call.timeLeft', label: 'call.sayTime', keys: 'T' },
  { id: 'outcome.note', label: 'outcome.note', keys: 'F10' },
  { id: 'outcome.undo', label: 'outcome.undo', keys: 'U' },
  { id: 'script.next', label: 'script.next', keys: 'Enter' },
  { id: 'script.previous', label: 'script.previous', keys: 'PageUp' },
  { id: 'operator.menu', label: 'operator.changeState', keys: 'P' },
  { id: 'operator.check', label: 'operator.checkAgain', keys: 'F3' },
  { id: 'supervision.listen', label: 'supervision.modes.listen', keys: 'L' },
  { id: 'supervision.coach', label: 'supervision.modes.coach', keys: 'C' },
  { id: 'supervision.join', label: 'supervision.modes.join', keys: 'J' },
  { id: 'supervision.stop', label: 'supervision.stop', keys: 'X' },
  { id: 'page.palette', label: 'common.commandSearch', keys: 'Ctrl+K' },
  { id: 'page.help', label: 'common.shortcuts', keys: '?' },
]
