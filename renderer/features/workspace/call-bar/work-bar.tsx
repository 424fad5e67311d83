import { Grip, Mic, MicOff, Pause, Phone as PhoneIcon, PhoneOff, Play } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Desk, Work } from '../../../../shared/contract/call.ts'
import { useClient } from '../../../client/desktop.ts'
import { Button } from '../../../ui/button.tsx'
import { useHotkeys } from '../../../ui/hotkeys/hotkeys.tsx'
import { openMenu } from '../open-menu.ts'
import { contactName, phoneText, stageOf } from '../words.ts'
import { BarFrame } from './bar-frame.tsx'
import { Block } from './block.tsx'
import { CallLine } from './call-line.tsx'
import { Keypad } from './keypad.tsx'
import { neighbour, PhoneChoice, usable } from './phone-choice.tsx'
import { ServerAway } from './server-away.tsx'
import { Said } from './said.tsx'
import { SkipMenu } from './skip-menu.tsx'
import { useCommand } from './use-command.ts'

/** The record on the desk, from the preview to the end of the wrap-up. What can be pressed comes from the host. */
export function WorkBar({ work, refusal }: { work: Work; refusal: Desk['refusal'] }) {
  const { t } = useTranslation()
  const client = useClient()
  const { problem, run } = useCommand()
  const { attempt, offer, call } = work
  const { phones } = offer.contact
  const [phone, setPhone] = useState(() => usable(phones)[0]?.e164 ?? '')
  const [hasKeypad, setKeypad] = useState(false)
  const skipButton = useRef<HTMLButtonElement>(null)
  const stage = stageOf(work)
  const isPreview = stage === 'preview'
  const can = (name: Work['buttons'][number]) => work.buttons.includes(name)
  const isAsked = (...names: string[]) => call?.asked != null && names.includes(call.asked.command)
  const isMuted = can('unmute')
  const isHeld = can('resume')
  const on = { attempt }

  const dial = () => run(() => client.call.dial({ attempt, phone }))
  const hangUp = () => run(() => client.call.hangUp(on))
  const mute = () => run(() => (isMuted ? client.call.unmute(on) : client.call.mute(on)))
  const hold = () => run(() => (isHeld ? client.call.resume(on) : client.call.hold(on)))
  const group = t('call.group')
  const hasChoice = isPreview && usable(phones).length > 1
  const key = useHotkeys([
    {
      id: 'call.dial',
      label: t('call.dial'),
      group,
      keys: ['F2'],
      run: dial,
      isEnabled: isPreview && phone !== '',
    },
    {
      id: 'call.hangUp',
      label: t('call.hangUp'),
      group,
      keys: ['F4'],
      run: hangUp,
      isEnabled: can('hang-up'),
    },
    {
      id: 'call.mute',
      label: t(isMuted ? 'call.unmute' : 'call.mute'),
      group,
      keys: ['F6'],
      run: mute,
      isEnabled: isMuted || can('mute'),
    },
    {
      id: 'call.hold',
      label: t(isHeld ? 'call.resume' : 'call.hold'),
      group,
      keys: ['F7'],
      run: hold,
      isEnabled: isHeld || can('hold'),
    },
    {
      id: 'call.keypad',
      label: t('call.keypad'),
      group,
      keys: ['F9'],
      run: () => setKeypad((open) => !open),
      isEnabled: can('dtmf'),
    },
    {
      id: 'call.nextPhone',
      label: t('call.nextPhone'),
      group,
      keys: ['ArrowDown', 'Shift+F2'],
      run: () => setPhone(neighbour(phones, phone, 1)),
      isEnabled: hasChoice,
    },
    {
      id: 'call.previousPhone',
      label: t('call.previousPhone'),
      group,
      keys: ['ArrowUp'],
      run: () => setPhone(neighbour(phones, phone, -1)),
      isEnabled: hasChoice,
    },
    {
      id: 'call.skip',
      label: t('call.skip'),
      group,
      keys: ['S'],
      run: () => openMenu(skipButton.current),
      isEnabled: isPreview,
    },
  ])

  return (
    <BarFrame
      below={
        hasKeypad &&
        can('dtmf') && (
          <Keypad
            onDigit={(digits) => run(() => client.call.dtmf({ attempt, digits }))}
            onClose={() => setKeypad(false)}
          />
        )
      }
    >
      <Block work={work} />
      <div className="min-w-47 py-2">
        <p className="text-name font-semibold">{contactName(offer.contact) || t('call.noName')}</p>
        <p className="text-ink-2">
          <CallLine work={work} phone={phone} />
        </p>
      </div>
      <div className="min-w-40 flex-1 basis-40">
        <Said work={work} problem={problem} refusal={refusal} />
      </div>
      <ServerAway />
      <div className="flex flex-wrap items-center justify-end gap-2 py-2 max-sm:justify-start">
        {hasChoice && <PhoneChoice phones={phones} chosen={phone} onChoose={setPhone} />}
        {isPreview && (
          <SkipMenu
            ref={skipButton}
            shortcut={key('call.skip')}
            onSkip={(reason) => run(() => client.call.skip({ attempt, reason }))}
          />
        )}
        {(isPreview || stage === 'dialing') && (
          <Button
            variant="primary"
            size="big"
            icon={PhoneIcon}
            shortcut={key('call.dial')}
            isPending={stage === 'dialing'}
            isDisabled={phone === ''}
            onPress={dial}
          >
            {t('call.dial')} {phoneText(phone)}
          </Button>
        )}
        {(isMuted || can('mute')) && (
          <Button
            size="big"
            icon={isMuted ? Mic : MicOff}
            shortcut={key('call.mute')}
            isOn={isMuted}
            isPending={isAsked('mute', 'unmute')}
            onPress={mute}
          >
            {t(isMuted ? 'call.unmute' : 'call.mute')}
          </Button>
        )}
        {(isHeld || can('hold')) && (
          <Button
            size="big"
            icon={isHeld ? Play : Pause}
            shortcut={key('call.hold')}
            isOn={isHeld}
            isPending={isAsked('hold', 'resume')}
            onPress={hold}
          >
            {t(isHeld ? 'call.resume' : 'call.hold')}
          </Button>
        )}
        {can('dtmf') && (
          <Button
            size="big"
            icon={Grip}
            shortcut={key('call.keypad')}
            isOn={hasKeypad}
            onPress={() => setKeypad(!hasKeypad)}
          >
            {t('call.keypad')}
          </Button>
        )}
        {can('hang-up') && (
          <Button
            size="big"
            variant="danger"
            icon={PhoneOff}
            shortcut={key('call.hangUp')}
            isPending={isAsked('hang-up')}
            onPress={hangUp}
          >
            {t('call.hangUp')}
          </Button>
        )}
      </div>
    </BarFrame>
  )
}
