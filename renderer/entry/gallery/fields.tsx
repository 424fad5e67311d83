import { useState } from 'react'
import { Checkbox, CheckboxGroup, Switch } from '../../ui/checkbox.tsx'
import { ComboBox } from '../../ui/combo-box.tsx'
import { DateField } from '../../ui/date-field.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { RadioCards, RadioGroup } from '../../ui/radio.tsx'
import { Select } from '../../ui/select.tsx'
import { SearchField, TextArea, TextField } from '../../ui/text-field.tsx'
import { TimeRange, type TimePair } from '../../ui/time-range.tsx'
import { Part } from './part.tsx'

const cities = ['Napoli', 'Roma', 'Milano', 'Torino', 'Pozzuoli', 'Ischia'].map((label) => ({
  id: label.toLowerCase(),
  label,
}))
const lines = [
  { id: 'adsl', label: 'ADSL', shortcut: 'A' },
  { id: 'mixed', label: 'Fibra misto rame', shortcut: 'B' },
  { id: 'mobile', label: 'Solo cellulare', shortcut: 'C' },
  { id: 'unknown', label: 'Non sa', shortcut: 'D', isDisabled: true },
]

export function Fields() {
  const [text, setText] = useState('Maria Esposito')
  const [note, setNote] = useState('')
  const [search, setSearch] = useState('espo')
  const [number, setNumber] = useState<number | null>(1204)
  const [city, setCity] = useState<string | null>('napoli')
  const [date, setDate] = useState<string | null>('2026-11-24')
  const [line, setLine] = useState<string | null>('adsl')
  const [days, setDays] = useState<readonly string[]>(['mon'])
  const [isOn, setOn] = useState(true)
  const [times, setTimes] = useState<readonly TimePair[]>([
    ['09:00', '13:00'],
    ['15:00', '20:30'],
  ])
  return (
    <Part title="Fields" isWide={false}>
      <TextField label="Nome" value={text} onChange={setText} isRequired hint="Come nel documento" />
      <TextField label="Telefono" value="33123" onChange={setText} error="Troppo corto: mancano cifre" />
      <TextField label="Codice" value="0000048" onChange={setText} isReadOnly />
      <TextField label="E-mail" value="" onChange={setText} placeholder="nome@example.it" isDisabled />
      <SearchField label="Cerca" value={search} onChange={setSearch} placeholder="Cerca o comanda" />
      <NumberField
        label="Tentativi"
        value={number}
        onChange={setNumber}
        min={0}
        max={5000}
        unit="al giorno"
      />
      <Select label="Comune" options={cities} value={city} onChange={setCity} />
      <Select
        label="Comune, vuoto"
        options={cities}
        value={null}
        onChange={setCity}
        placeholder="Scegli"
        error="Scegli un comune"
      />
      <ComboBox label="Comune, cercando" options={cities} value={city} onChange={setCity} />
      <DateField label="Nata il" value={date} onChange={setDate} />
      <DateField label="Scadenza" value={null} onChange={setDate} hint="giorno, mese, anno" />
      <TextArea
        label="Nota"
        shortcut="F10"
        value={note}
        onChange={setNote}
        placeholder="Scrivi qui: si salva mentre scrivi"
      />
      <RadioGroup label="Connessione" options={lines} value={line} onChange={setLine} />
      <CheckboxGroup
        label="Giorni"
        options={[
          { id: 'mon', label: 'lunedì' },
          { id: 'tue', label: 'martedì', hint: 'solo di mattina' },
          { id: 'sun', label: 'domenica', isDisabled: true },
        ]}
        value={days}
        onChange={setDays}
      />
      <div className="flex flex-col gap-1">
        <Checkbox isSelected={isOn} onChange={setOn}>
          Registra la chiamata
        </Checkbox>
        <Checkbox isSelected={false} isIndeterminate onChange={setOn}>
          Tutte le campagne
        </Checkbox>
        <Switch isSelected={isOn} onChange={setOn}>
          Tasti singoli attivi
        </Switch>
        <Switch isSelected={false} onChange={setOn} isDisabled>
          Suono su un altro dispositivo
        </Switch>
      </div>
      <div className="sm:col-span-2">
        <TimeRange label="Orari di chiamata" value={times} onChange={setTimes} />
      </div>
      <div className="sm:col-span-2">
        <RadioCards label="Che connessione usa oggi?" options={lines} value={line} onChange={setLine} />
      </div>
      <FileDrop
        label="Trascina qui il file, oppure"
        button="Scegli un file"
        hint="CSV o Excel, fino a 50 MB"
        accept={['.csv', '.xlsx']}
        onFile={() => undefined}
      />
    </Part>
  )
}
