import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import type { Keys } from '../../../ui/hotkeys/keys.ts'
import type { CallKey } from './use-call-keys.ts'

/** One key of the call, as high as a finger needs it. */
export function CallButton(props: { of: CallKey; shortcut: Keys | undefined }) {
  const { t } = useTranslation()
  const { look, isPending, press } = props.of
  return (
    <Button
      size="big"
      variant={look.variant}
      icon={look.icon}
      shortcut={props.shortcut}
      isOn={look.isOn}
      isPending={isPending}
      onPress={press}
    >
      {t(look.label)}
    </Button>
  )
}
