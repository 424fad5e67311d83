import { useTranslation } from 'react-i18next'
import type { Work } from '../../../../shared/contract/call.ts'
import { useClient } from '../../../client/desktop.ts'
import type { Hotkey } from '../../../ui/hotkeys/hotkeys.tsx'
import { command, looks, type Look, type Pressable } from './looks.ts'

export interface CallKey {
  button: Pressable
  look: Look
  isPending: boolean
  press: () => void
}

const isPressable = (button: string): button is Pressable => Object.hasOwn(looks, button)

/** What may be pressed of this call, as the host says it: nothing is decided here. */
export function useCallKeys(
  work: Work,
  run: (task: () => Promise<unknown>) => void,
): { keys: readonly CallKey[]; hotkeys: readonly Hotkey[] } {
  const { t } = useTranslation()
  const client = useClient()
  const asked = work.call?.asked?.command
  const keys = work.buttons.filter(isPressable).map((button): CallKey => {
    const look = looks[button]
    return {
      button,
      look,
      isPending: asked !== undefined && look.asked.includes(asked),
      press: () => run(command(client.call, work.attempt, button)),
    }
  })
  const hotkeys = keys.map(({ button, look, press }) => ({
    id: look.action,
    // in a list of all commands "pause" alone would be the operator's own
    label: button.startsWith('record-') ? t('call.record.named', { what: t(look.label) }) : t(look.label),
    group: t('call.group'),
    keys: look.keys,
    run: press,
  }))
  return { keys, hotkeys }
}
