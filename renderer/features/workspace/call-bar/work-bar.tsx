import { Phone as PhoneIcon } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Desk, Work } from '../../../../shared/contract/call.ts'
import { useClient } from '../../../client/desktop.ts'
import { Button } from '../../../ui/button.tsx'
import { useHotkeys } from '../../../ui/hotkeys/hotkeys.tsx'
import { openMenu } from '../open-menu.ts'
import { partyName, phoneText, stageOf } from '../words.ts'
import { BarFrame } from './bar-frame.tsx'
import { Block } from './block.tsx'
import { CallButton } from './call-button.tsx'
import { CallLine } from './call-line.tsx'
import { ConsultRow } from './consult-row.tsx'
import { Keypad } from './keypad.tsx'
import { keypadLook, transferLook, type Pressable } from './looks.ts'
import { OtherContactsTag } from './other-contacts-tag.tsx'
import { neighbour, PhoneChoice, usable } from './phone-choice.tsx'
import { RecordingButton, RecordingMark } from './recording.tsx'
import { isByItself, recordingWord, useIsSensitive } from './recording-words.ts'
import { ServerAway } from './server-away.tsx'
import { Said } from './said.tsx'
import { SkipMenu } from './skip-menu.tsx'
import { TransferPanel } from './transfer-panel.tsx'
import { useCallKeys } from './use-call-keys.ts'
import { useCommand } from './use-command.ts'

const second: readonly Pressable[] = ['swap', 'join', 'complete', 'cancel-consult']
const ofRecording: readonly Pressable[] = ['record-start', 'record-pause', 'record-resume', 'record-stop']
// the end of the row is where the hand expects the end of the call
const lastOnes: readonly Pressable[] = ['answer', 'hang-up']

/** The record on the desk, from the preview to the end of the wrap-up. What can be pressed comes from the host. */
export function WorkBar({ work, refusal }: { work: Work; refusal: Desk['refusal'] }) {
  const { t } = useTranslation()
  const client = useClient()
  const { problem, run } = useCommand()
  const { attempt, offer, call } = work
  const { phones } = offer.contact
  const [phone, setPhone] = useState(() => usable(phones)[0]?.e164 ?? '')
  const [open, setOpen] = useState<'keypad' | 'transfer' | null>(null)
  const skipButton = useRef<HTMLButtonElement>(null)
  const stage = stageOf(work)
  const isPreview = stage === 'preview'
  const can = (name: Work['buttons'][number]) => work.buttons.includes(name)
  const canTransfer = can('transfer') || can('consult')
  const toggle = (panel: 'keypad' | 'transfer') => setOpen((before) => (before === panel ? null : panel))
  const close = () => setOpen(null)

  const dial = () => run(() => client.call.dial({ attempt, phone }))
  const group = t('call.group')
  const hasChoice = isPreview && usable(phones).length > 1
  const { keys, hotkeys } = useCallKeys(work, run)
  const key = useHotkeys([
    {
      id: 'call.dial',
      label: t('call.dial'),
      group,
      keys: ['F2'],
      run: dial,
      isEnabled: isPreview && phone !== '',
    },
    ...hotkeys,
    {
      id: transferLook.action,
      label: t('call.transfer.button'),
      group,
      keys: transferLook.keys,
      run: () => toggle('transfer'),
      isEnabled: canTransfer,
    },
    {
      id: keypadLook.action,
      label: t('call.keypad'),
      group,
      keys: keypadLook.keys,
      run: () => toggle('keypad'),
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
  const row = (among: (button: Pressable) => boolean) =>
    keys
      .filter(({ button }) => among(button))
      .map((one) => <CallButton key={one.look.action} of={one} shortcut={key(one.look.action)} />)
  const isSensitive = useIsSensitive()
  const word = call ? recordingWord(call, isSensitive) : 'off'
  const recording = keys.find(({ look }) => look.action === 'call.record')
  const name = partyName(offer, t)
  const others = offer.caller?.matches.length ?? 0

  return (
    <BarFrame
      isCalling={can('answer')}
      below={
        <>
          {open === 'keypad' && can('dtmf') && (
            <Keypad onDigit={(digits) => run(() => client.call.dtmf({ attempt, digits }))} onClose={close} />
          )}
          {open === 'transfer' && canTransfer && (
            <TransferPanel
              campaign={offer.campaign}
              onAsk={can('consult') ? (to) => client.call.consult({ attempt, to }) : null}
              onHandOver={can('transfer') ? (to) => client.call.transfer({ attempt, to }) : null}
              onClose={close}
            />
          )}
        </>
      }
    >
      <Block work={work} />
      {/* a long text takes a second line here before the keys go to a second row */}
      <div className="min-w-47 grow basis-47">
        <p className="text-name font-semibold">{name}</p>
        <p className="text-ink-2 first-letter:uppercase">
          <CallLine work={work} phone={phone} />
        </p>
      </div>
      <Said work={work} problem={problem} refusal={refusal} />
      {others > 0 && can('answer') && <OtherContactsTag count={others} />}
      {stage === 'wrap-up' && <ServerAway />}
      <div className="flex flex-wrap items-center justify-end gap-2 py-2 max-sm:justify-start">
        {call?.phase.name === 'talking' &&
          offer.campaign.recording !== 'off' &&
          (recording && !isByItself(word) ? (
            <RecordingButton
              word={word}
              look={recording.look}
              shortcut={key('call.record')}
              isPending={recording.isPending}
              onPress={recording.press}
            />
          ) : (
            <RecordingMark word={word} />
          ))}
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
        {row((button) => ![...second, ...ofRecording, ...lastOnes].includes(button))}
        {canTransfer && (
          <Button
            size="big"
            icon={transferLook.icon}
            shortcut={key(transferLook.action)}
            isOn={open === 'transfer'}
            onPress={() => toggle('transfer')}
          >
            {t('call.transfer.button')}
          </Button>
        )}
        {can('dtmf') && (
          <Button
            size="big"
            icon={keypadLook.icon}
            shortcut={key(keypadLook.action)}
            isOn={open === 'keypad'}
            onPress={() => toggle('keypad')}
          >
            {t('call.keypad')}
          </Button>
        )}
        {row((button) => lastOnes.includes(button))}
      </div>
      {call?.consult && (
        <ConsultRow consult={call.consult} customer={name}>
          {row((button) => second.includes(button))}
        </ConsultRow>
      )}
      {stage !== 'wrap-up' && <ServerAway isBelow />}
    </BarFrame>
  )
}
