import { EarOff } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Listening } from '../../../../shared/crm-api/supervision.ts'
import { supervisionModes } from '../../../../shared/domain/supervision/supervision.ts'
import { useAnnounce } from '../../../ui/announcer.tsx'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { StateChip } from '../../../ui/chip.tsx'
import { useHotkeys } from '../../../ui/hotkeys/hotkeys.tsx'
import { Timer } from '../../../ui/timer.tsx'
import { modeLooks } from './modes.ts'
import { Refusal } from './refusal.tsx'
import { OwnPhone, Voice } from './own-phone.tsx'
import { useListening, type ListeningAtHand } from './use-listening.ts'

/** On top of every page of a supervisor while somebody is listened to: whom, how, since when, and the way out. */
export function ListeningBar() {
  const at = useListening()
  const { listening, error, clear } = at
  const shortcut = useModeKeys(at)
  useNews(listening)
  if (listening === null && error === null) return null
  return (
    <div className="flex flex-col gap-2 px-3.5 pt-3.5">
      {listening && <Bar listening={listening} at={at} shortcut={shortcut} />}
      {error && <Refusal error={error} onClose={clear} />}
    </div>
  )
}

interface BarProps {
  listening: Listening
  at: ListeningAtHand
  shortcut: ShortcutOf
}

/** Made with the bar's place, before any page's: a page with somebody in focus takes the keys over. */
function useModeKeys({ listening, listen, stop }: ListeningAtHand): ShortcutOf {
  const { t } = useTranslation()
  const group = t('supervision.group')
  const values = { operator: listening?.operator.name }
  const isHere = listening !== null && !listening.isElsewhere
  return useHotkeys([
    ...supervisionModes.map((mode) => ({
      id: `supervision.${mode}`,
      label: t(`supervision.to.${mode}`, values),
      group,
      keys: [modeLooks[mode].shortcut],
      run: () => listening && listen(listening.operator.id, mode),
      isEnabled: isHere && (mode === 'listen' || listening.state !== 'waiting'),
    })),
    {
      id: 'supervision.stop',
      label: t('supervision.stop'),
      group,
      keys: ['X'],
      run: stop,
      isEnabled: listening !== null,
    },
  ])
}
type ShortcutOf = ReturnType<typeof useHotkeys>

function Bar({ listening, at, shortcut }: BarProps) {
  const { t } = useTranslation()
  const { operator, mode, state, since, isElsewhere } = listening
  const canSpeak = state !== 'waiting'
  return (
    <Card
      label={t('supervision.group')}
      edge={modeLooks[mode].tone}
      className="flex flex-wrap items-center gap-x-3.5 gap-y-2 px-3.5 py-2.5"
    >
      <StateChip tone={state === 'heard' ? modeLooks[mode].tone : 'off'} icon={modeLooks[mode].icon}>
        {t(state === 'heard' ? `supervision.now.${mode}` : `supervision.states.${state}`)}
      </StateChip>
      <div className="min-w-48 flex-1">
        <p className="font-semibold">
          {operator.name}{' '}
          <Timer since={since} label={t('supervision.since')} className="ms-1 font-medium text-ink-2" />
        </p>
        <p className="text-compact text-ink-2">
          <About listening={listening} hasRung={at.phone.problem === 'no-answer'} />
        </p>
      </div>
      {state === 'heard' && !isElsewhere && at.phone.kind !== 'desk' && <Voice />}
      {!isElsewhere && (
        <span className="inline-flex flex-wrap gap-1.5">
          {supervisionModes.map((each) => (
            <Button
              key={each}
              icon={modeLooks[each].icon}
              isOn={mode === each}
              isDisabled={each !== 'listen' && !canSpeak}
              isPending={at.pending === `${each} ${operator.id}`}
              {...(each !== 'listen' && !canSpeak ? {} : { shortcut: shortcut(`supervision.${each}`) })}
              onPress={() => at.listen(operator.id, each)}
            >
              {t(`supervision.modes.${each}`)}
            </Button>
          ))}
        </span>
      )}
      <Button
        icon={EarOff}
        shortcut={shortcut('supervision.stop')}
        isPending={at.pending === 'stop'}
        onPress={at.stop}
      >
        {t('supervision.stop')}
      </Button>
      {!isElsewhere && <OwnPhone listening={listening} phone={at.phone} />}
    </Card>
  )
}

/** What is heard, and who knows of it. */
function About({ listening, hasRung }: { listening: Listening; hasRung: boolean }) {
  const { t } = useTranslation()
  const { call, state, mode, isElsewhere, isOperatorTold, operator } = listening
  const values = { operator: operator.name }
  if (isElsewhere) return t('supervision.elsewhere')
  if (state === 'waiting') return t('supervision.waiting', values)
  // that it rang in vain stands below
  if (state === 'phone' && hasRung) return null
  if (state === 'phone' || call === null) return t('supervision.yourPhone')
  const who = [call.contact, call.campaign].filter((text) => text !== '').join(' · ')
  const told = mode === 'join' ? 'heard' : isOperatorTold ? 'told' : 'notTold'
  return (
    <>
      {who !== '' && <>{who} · </>}
      {/* each sentence whole, on whichever line it fits */}
      <span className="inline-block">{t(`supervision.means.${mode}`)}&nbsp;</span>
      <span className="inline-block">{t(`supervision.operator.${told}`)}</span>
    </>
  )
}

/** Said to who does not see the bar change. */
function useNews(listening: Listening | null) {
  const { t } = useTranslation()
  const announce = useAnnounce()
  const last = useRef<string | null>(null)
  const operator = listening?.operator.name
  const news = listening && `${listening.state} ${listening.mode}`
  useEffect(() => {
    if (news === last.current) return
    const before = last.current
    last.current = news
    if (news === null) {
      if (before !== null) announce(t('supervision.news.over'))
      return
    }
    const [state, mode] = news.split(' ') as [Listening['state'], Listening['mode']]
    announce(t(state === 'heard' ? `supervision.news.${mode}` : `supervision.news.${state}`, { operator }))
  }, [announce, news, operator, t])
}
