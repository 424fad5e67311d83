import { CalendarClock, Mail, PhoneMissed, PhoneOutgoing } from 'lucide-react'
import { useMemo, useState } from 'react'
import { EmptyState } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Card, CardSection, KeyValueList, Timeline } from '../../ui/card.tsx'
import { StateChip } from '../../ui/chip.tsx'
import { Table } from '../../ui/table.tsx'
import type { Column } from '../../ui/table-parts.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { VirtualTable } from '../../ui/virtual-table.tsx'
import type { StateTone } from '../../ui/tone.ts'
import { Part } from './part.tsx'

interface Person {
  id: string
  name: string
  tone: StateTone
  state: string
  campaign: string
  calls: number
  positive: number
}

const people: readonly Person[] = [
  {
    id: '1',
    name: 'Luca Bruni',
    tone: 'wrap',
    state: 'Post-chiamata',
    campaign: 'Fibra Primavera',
    calls: 31,
    positive: 2,
  },
  {
    id: '2',
    name: 'Sara Conti',
    tone: 'ready',
    state: 'Pronta',
    campaign: 'Fibra Primavera',
    calls: 44,
    positive: 6,
  },
  {
    id: '3',
    name: 'Paolo Greco',
    tone: 'ring',
    state: 'Squilla',
    campaign: 'Assistenza',
    calls: 22,
    positive: 0,
  },
  {
    id: '4',
    name: 'Davide Riva',
    tone: 'break',
    state: 'Pausa: caffè',
    campaign: 'Rinnovi',
    calls: 18,
    positive: 7,
  },
]

function useColumns(): readonly Column<Person>[] {
  const { number } = useFormat()
  return [
    {
      id: 'name',
      header: 'Operatore',
      cell: (row) => row.name,
      sortBy: (row) => row.name,
      isRowHeader: true,
      width: '14rem',
    },
    {
      id: 'state',
      header: 'Stato',
      width: '12rem',
      sortBy: (row) => row.state,
      cell: (row) => (
        <StateChip tone={row.tone} size="small">
          {row.state}
        </StateChip>
      ),
    },
    { id: 'campaign', header: 'Campagna', cell: (row) => row.campaign },
    {
      id: 'calls',
      header: 'Chiamate',
      cell: (row) => number(row.calls),
      sortBy: (row) => row.calls,
      align: 'end',
      width: '8rem',
    },
    {
      id: 'positive',
      header: 'Positive',
      cell: (row) => number(row.positive),
      sortBy: (row) => row.positive,
      align: 'end',
      width: '8rem',
    },
    {
      id: 'actions',
      header: 'Azioni',
      hideHeader: true,
      align: 'end',
      width: '10rem',
      cell: () => <Button size="small">Ascolta</Button>,
    },
  ]
}

export function Lists() {
  const columns = useColumns()
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set(['2']))
  const many = useMemo(
    () =>
      Array.from({ length: 5000 }, (_, index): Person => {
        const person = people[index % people.length] ?? people[0]!
        return { ...person, id: String(index), name: `${person.name} ${index + 1}`, calls: (index * 37) % 97 }
      }),
    [],
  )
  const history = [
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
      detail: 'Luca Bruni · «contratto fino a dicembre»',
      when: '03/09',
    },
    { id: 'c', icon: Mail, title: 'Informativa privacy inviata', when: '12/03' },
  ]
  return (
    <Part title="Tables and lists">
      <Card>
        <Table
          label="Operatori"
          columns={columns}
          rows={people}
          rowKey={(row) => row.id}
          rowTone={(row) => (row.id === '1' ? 'missed' : undefined)}
          initialSort={{ column: 'calls', direction: 'descending' }}
          selected={selected}
          onSelect={setSelected}
          onOpen={() => undefined}
        />
      </Card>
      <Card>
        <VirtualTable
          label="Cinquemila righe"
          className="h-56"
          columns={columns}
          rows={many}
          rowKey={(row) => row.id}
        />
      </Card>
      <Card>
        <Table
          label="Richiami"
          columns={columns.slice(0, 3)}
          rows={[]}
          rowKey={(row) => row.id}
          empty={
            <EmptyState
              icon={CalendarClock}
              title="Nessun richiamo per oggi"
              action={<Button variant="primary">Chiedi la prossima</Button>}
            >
              I richiami che fissi compaiono qui e ti avvisano quando è ora.
            </EmptyState>
          }
        />
      </Card>
      <div className="grid gap-4 md:grid-cols-2">
        <Card label="Scheda">
          <CardSection>
            <KeyValueList
              items={[
                { key: 'Cellulare', value: '331 234 5678', isStrong: true },
                { key: 'Casa', value: '081 552 3344' },
                { key: 'E-mail', value: 'm.esposito@example.it' },
              ]}
            />
          </CardSection>
          <CardSection title="Storia">
            <Timeline label="Storia" items={history} />
          </CardSection>
        </Card>
        <Card>
          <Tabs
            label="Scheda cliente"
            tabs={[
              {
                id: 'all',
                label: 'Tutto',
                content: <p className="p-4">Tutto insieme, in ordine di tempo.</p>,
              },
              {
                id: 'tickets',
                label: 'Ticket',
                count: '1',
                content: <p className="p-4">Un ticket aperto.</p>,
              },
              {
                id: 'orders',
                label: 'Ordini',
                count: '2',
                content: <p className="p-4">Due ordini.</p>,
                isDisabled: true,
              },
            ]}
          />
          <div className="p-4">
            <Tabs
              isVertical
              label="Sezioni della campagna"
              tabs={[
                { id: 'base', label: 'Dati generali', content: <p>Nome, committente, date.</p> },
                { id: 'script', label: 'Script guida', content: <p>Il testo da leggere.</p> },
                { id: 'outcomes', label: 'Esiti', content: <p>Gli esiti e i loro tasti.</p> },
              ]}
            />
          </div>
        </Card>
      </div>
    </Part>
  )
}
