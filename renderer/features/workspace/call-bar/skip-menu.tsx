import { SkipForward } from 'lucide-react'
import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import type { Keys } from '../../../ui/hotkeys/keys.ts'
import { Menu } from '../../../ui/menu.tsx'

const reasons = ['not-now', 'known-person', 'data-wrong', 'other'] as const
type Reason = (typeof reasons)[number]

/** A record is given back only with a reason: the supervisor sees it. */
export function SkipMenu(props: {
  shortcut: Keys | undefined
  onSkip: (reason: Reason) => void
  ref: Ref<HTMLButtonElement>
}) {
  const { t } = useTranslation()
  const choose = (id: string) => {
    const reason = reasons.find((one) => one === id)
    if (reason) props.onSkip(reason)
  }
  return (
    <Menu
      label={t('call.skipWhy')}
      items={reasons.map((id) => ({ id, label: t(`call.skipReasons.${id}`) }))}
      onAction={choose}
    >
      <Button size="big" icon={SkipForward} shortcut={props.shortcut} ref={props.ref}>
        {t('call.skip')}
      </Button>
    </Menu>
  )
}
