import { UsersRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Tag } from '../../../ui/chip.tsx'
import { useActiveHotkeys } from '../../../ui/hotkeys/hotkeys.tsx'
import { Kbd } from '../../../ui/kbd.tsx'

/** While it rings: others have the caller's number too; the key goes to them in the contact's zone. */
export function OtherContactsTag({ count }: { count: number }) {
  const { t } = useTranslation()
  const keys = useActiveHotkeys().find(({ id }) => id === 'call.whoCalls')?.keys[0]
  return (
    <Tag tone="ring" icon={UsersRound}>
      {t('call.caller.others', { count, n: count })} {keys !== undefined && <Kbd keys={keys} />}
    </Tag>
  )
}
