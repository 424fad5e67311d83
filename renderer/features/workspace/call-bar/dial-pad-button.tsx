import { Grip } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { askToDial } from '../../../client/dial-request.ts'
import { Button } from '../../../ui/button.tsx'
import { useActiveHotkeys } from '../../../ui/hotkeys/hotkeys.tsx'

/** Opens the dial pad, with the key that does it from anywhere. */
export function DialPadButton() {
  const { t } = useTranslation()
  const keys = useActiveHotkeys().find(({ id }) => id === 'dialPad.open')?.keys[0]
  return (
    <Button size="big" icon={Grip} shortcut={keys} onPress={() => askToDial('')}>
      {t('operator.dialPad')}
    </Button>
  )
}
