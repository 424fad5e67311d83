import {
  ArrowLeft,
  ArrowRightLeft,
  CalendarClock,
  ChartNoAxesColumn,
  Check,
  CheckCheck,
  Grip,
  Headphones,
  Keyboard,
  Mail,
  MicOff,
  Pause,
  PhoneCall,
  PhoneMissed,
  PhoneOff,
  PhoneOutgoing,
  Settings,
  Users,
} from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { genderContext, stateKeys, type Gender } from '../../../shared/text/keys.ts'
import { AppFrame } from '../../ui/app-frame.tsx'
import { Button } from '../../ui/button.tsx'
import { Card, CardSection, Heading, KeyValueList, Timeline } from '../../ui/card.tsx'
import { Mark, StateChipButton, Tag, type MarkShape } from '../../ui/chip.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { Menu } from '../../ui/menu.tsx'
import { RadioCards } from '../../ui/radio.tsx'
import { TextArea } from '../../ui/text-field.tsx'
import { Timer } from '../../ui/timer.tsx'
import type { StateTone } from '../../ui/tone.ts'

const opened = Date.now()
const outcomes: readonly (readonly [string, string, StateTone, MarkShape])[] = [
  ['1', 'Interessata', 'ready', 'circle'],
  ['2', 'Appuntamento', 'ready', 'circle'],
  ['3', 'Richiamare', 'ring', 'diamond'],
  ['4', 'Non interessata', 'off', 'square'],
  ['6', 'Numero errato', 'off', 'square'],
  ['9', 'Non chiamare più', 'missed', 'triangle'],
]

/** The operator's screen drawn with the components only: what the mock-up promises, to compare with. */
export function OperatorScreen({ gender }: { gender: Gender | null }) {
  const { t } = useTranslation()
  const [line, setLine] = useState<string | null>('adsl')
  const [note, setNote] = useState('')
  return (
    <AppFrame
      current="work"
      onNavigate={() => undefined}
      nav={[
        { id: 'work', label: 'Lavoro', icon: Headphones },
        { id: 'callbacks', label: 'Richiami', icon: CalendarClock, badge: '2', badgeLabel: '2 in scadenza' },
        { id: 'contacts', label: 'Anagrafica', icon: Users },
        { id: 'reports', label: 'Andamento', icon: ChartNoAxesColumn },
        { id: 'keys', label: 'Tasti', icon: Keyboard, isEnd: true, shortcut: '?' },
        { id: 'settings', label: 'Impostazioni', icon: Settings, isEnd: true },
      ]}
      bar={
        <>
          <Menu
            label="Stato"
            onAction={() => undefined}
            items={[{ id: 'ready', label: t(stateKeys.ready, genderContext(gender)) }]}
          >
            <StateChipButton tone="talk" label="Stato" detail={<Timer since={opened - 83_000} />}>
              {t(stateKeys.talking)}
            </StateChipButton>
          </Menu>
          <strong>Fibra Primavera</strong>
          <span className="text-ink-2">
            <strong className="text-ink">37</strong> lavorate · <strong className="text-ink">4</strong>{' '}
            positive
          </span>
          <span className="flex-1" />
          <Button shortcut="Ctrl+K">Cerca o comanda</Button>
          <span className="inline-flex items-center gap-1.5 text-ready">
            <CheckCheck className="size-4.5" aria-hidden /> Tutto inviato
          </span>
        </>
      }
    >
      <div className="flex min-h-full flex-col gap-2.5 p-2.5 @min-[60rem]/main:h-full">
        <Card
          label="Chiamata"
          className="sticky top-0 z-10 flex flex-wrap items-stretch overflow-hidden @min-[60rem]/main:h-18"
        >
          <div className="flex w-42 flex-col justify-center bg-talk-weak px-4 py-2 text-talk">
            <span className="inline-flex items-center gap-1.5 text-compact font-semibold">
              <PhoneCall className="size-4" aria-hidden /> {t(stateKeys.talking)}
            </span>
            <span className="text-timer font-semibold">
              <Timer since={opened - 83_000} />
            </span>
          </div>
          <div className="flex flex-1 flex-col justify-center px-3 py-2">
            <Heading level={1} look="name">
              Maria Esposito
            </Heading>
            <span className="text-ink-2">331 234 5678 · tentativo 2 di 6</span>
          </div>
          <div className="flex flex-wrap items-center gap-3 px-3.5 py-2">
            <Button size="big" icon={MicOff} shortcut="F6">
              Muto
            </Button>
            <Button size="big" icon={Pause} shortcut="F7">
              Attesa
            </Button>
            <Button size="big" icon={ArrowRightLeft} shortcut="F8">
              Passa
            </Button>
            <Button size="big" icon={Grip} shortcut="F9">
              Tasti
            </Button>
            <Button size="big" variant="danger" icon={PhoneOff} shortcut="F4">
              Chiudi
            </Button>
          </div>
        </Card>
        <div className="grid flex-1 gap-2.5 @min-[60rem]/main:min-h-0 @min-[60rem]/main:grid-cols-[18.25rem_minmax(0,1fr)_17.25rem]">
          <Card label="Anagrafica" className="order-3 overflow-auto @min-[60rem]/main:order-1">
            <CardSection>
              <Heading>Maria Esposito</Heading>
              <p className="text-ink-2">Via Roma 12, 80134 Napoli</p>
              <div className="mt-2 flex flex-wrap gap-1.5">
                <Tag tone="ready" icon={Check}>
                  Trattamento dati
                </Tag>
                <Tag tone="ready" icon={Check}>
                  Marketing 03/2026
                </Tag>
              </div>
            </CardSection>
            <CardSection>
              <KeyValueList
                items={[
                  { key: 'Cellulare', value: '331 234 5678', isStrong: true },
                  { key: 'Casa', value: '081 552 3344' },
                  { key: 'E-mail', value: 'm.esposito@example.it' },
                  { key: 'Scadenza', value: '12/2026' },
                ]}
              />
            </CardSection>
            <CardSection title="Storia">
              <Timeline
                label="Storia"
                items={[
                  {
                    id: 'a',
                    icon: PhoneMissed,
                    title: 'Non risponde',
                    detail: 'Anna Russo · Fibra Primavera',
                    when: 'ieri 18:05',
                  },
                  {
                    id: 'b',
                    icon: PhoneOutgoing,
                    title: 'Richiamare dopo l’estate',
                    detail: 'Luca Bruni',
                    when: '03/09',
                  },
                  { id: 'c', icon: Mail, title: 'Informativa privacy inviata', when: '12/03' },
                ]}
              />
            </CardSection>
          </Card>
          <Card label="Script" className="order-1 flex flex-col @min-[60rem]/main:order-2">
            <div className="flex-1 overflow-auto px-7 py-4.5">
              <p className="max-w-[66ch] text-read">
                «Buongiorno signora{' '}
                <mark className="border-b-2 border-accent bg-transparent text-ink">Esposito</mark>, sono{' '}
                <mark className="border-b-2 border-accent bg-transparent text-ink">Anna</mark> di Telenova. La
                chiamo perché nella sua zona è arrivata la fibra fino a casa. Questa telefonata è registrata.
                Ha due minuti?»
              </p>
              <p className="my-3 border-s-3 border-line-strong ps-2.5 text-compact text-ink-2">
                Se chiede come abbiamo il numero: F1, poi «Origine dei dati».
              </p>
              <RadioCards
                label="Che connessione usa oggi?"
                value={line}
                onChange={setLine}
                options={[
                  { id: 'adsl', label: 'ADSL', shortcut: 'A' },
                  { id: 'mixed', label: 'Fibra misto rame', shortcut: 'B' },
                  { id: 'mobile', label: 'Solo cellulare', shortcut: 'C' },
                  { id: 'unknown', label: 'Non sa', shortcut: 'D' },
                ]}
              />
            </div>
            <div className="flex justify-between gap-2 border-t border-line px-4.5 py-2.5">
              <Button icon={ArrowLeft} shortcut="PageUp">
                Indietro
              </Button>
              <Button variant="primary" shortcut="Enter">
                Avanti
              </Button>
            </div>
          </Card>
          <Card label="Esito" className="order-2 flex flex-col overflow-auto @min-[60rem]/main:order-3">
            <CardSection>
              <Heading look="label">Esito</Heading>
            </CardSection>
            <ul className="flex-1 p-1.5">
              {outcomes.map(([key, label, tone, shape]) => (
                <li key={key} className="flex min-h-9 items-center gap-2.5 rounded-field px-2">
                  <Kbd keys={key} />
                  <Mark tone={tone} shape={shape} />
                  {label}
                </li>
              ))}
            </ul>
            <TextArea
              className="p-3"
              label="Nota"
              shortcut="F10"
              value={note}
              onChange={setNote}
              placeholder="Scrivi qui: si salva mentre scrivi"
            />
          </Card>
        </div>
      </div>
    </AppFrame>
  )
}
