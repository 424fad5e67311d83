import { Music, PhoneCall, PhoneOutgoing } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Consult } from '../../../../shared/domain/call/legs.ts'
import { StateChip } from '../../../ui/chip.tsx'
import { phoneText } from '../words.ts'
import { useColleagues } from './use-colleagues.ts'

/** With a second party: who is on the line, who hears music, and what can be done with both. */
export function ConsultRow(props: { consult: Consult; customer: string; children: ReactNode }) {
  const { t } = useTranslation()
  const { consult, customer, children } = props
  const { value: colleagues = [] } = useColleagues()
  const { to, state, talkingTo } = consult
  const other =
    to.kind === 'number'
      ? phoneText(to.number)
      : (colleagues.find(({ user }) => user === to.user)?.name ?? t('call.consult.colleague'))
  const isRinging = state === 'ringing'
  return (
    <div
      role="group"
      aria-label={t('call.consult.label')}
      className="-mx-3.5 flex basis-[calc(100%+1.75rem)] flex-wrap items-center gap-x-3 gap-y-1.5 border-t border-line bg-surface-2 px-3.5 py-2"
    >
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-2">
        <Party name={other} does={isRinging ? 'rings' : talkingTo === 'customer' ? 'music' : 'talks'} />
        <Party name={customer} does={isRinging || talkingTo === 'consult' ? 'music' : 'talks'} />
        <span className="basis-full text-compact text-ink-2">
          {t(`call.consult.means.${isRinging ? 'ringing' : talkingTo}`, { other, customer })}
        </span>
      </div>
      <div className="flex flex-wrap items-center gap-2">{children}</div>
    </div>
  )
}

const looks = {
  rings: { tone: 'ring', icon: PhoneOutgoing },
  talks: { tone: 'talk', icon: PhoneCall },
  music: { tone: 'hold', icon: Music },
} as const

function Party({ name, does }: { name: string; does: keyof typeof looks }) {
  const { t } = useTranslation()
  const { tone, icon } = looks[does]
  return (
    <StateChip tone={tone} icon={icon} isCalm detail={t(`call.consult.does.${does}`)}>
      {name}
    </StateChip>
  )
}
