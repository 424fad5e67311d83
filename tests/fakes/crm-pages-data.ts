import type { z } from 'zod'
import type { AuditEntry } from '../../shared/crm-api/audit.ts'
import type { Campaign, RecordRow } from '../../shared/crm-api/campaigns.ts'
import { lineDefaults } from '../../shared/crm-api/campaigns.ts'
import type { ImportJob, ImportPreview, RejectedRow } from '../../shared/crm-api/imports.ts'
import type { SessionInfo } from '../../shared/crm-api/sessions.ts'
import type { User } from '../../shared/crm-api/users.ts'
import { usualHours } from '../../shared/domain/campaign/calling-hours.ts'
import type { Outcome } from '../../shared/domain/campaign/outcomes.ts'
import type { Instant } from '../../shared/std/clock.ts'
import type { CampaignId, ImportId, OutcomeCode, RecordId, UserId } from '../../shared/std/ids.ts'
import { fibra, fibraRecords, noRecords, rinnovi, rinnoviRecords } from './crm-board.ts'
import { outcomes, script } from './desktop-data.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const names = [
  'Anna Russo',
  'Luca Bruni',
  'Marco De Luca',
  'Giulia Ferri',
  'Paolo Greco',
  'Elena Marino',
  'Davide Riva',
  'Irene Sala',
  'Tommaso Villa',
  'Chiara Zanetti',
  'Nicola Fabbri',
]
const usernameOf = (name: string) => name.toLowerCase().replaceAll(' ', '.')
const grammarOf = (name: string): User['grammar'] =>
  name.startsWith('Nicola') ? 'n' : /^\w+a /.test(name) && !name.startsWith('Luca') ? 'f' : 'm'

export const administrator: User = {
  id: 'u-admin' as UserId,
  username: 'francesca.moro',
  displayName: 'Francesca Moro',
  role: 'administrator',
  grammar: 'f',
  active: true,
  mustChangePassword: false,
  lockedUntil: null,
  lastSignInAt: null,
}

export const usersAt = (now: Instant): User[] => [
  { ...administrator, lastSignInAt: now - 12 * minute },
  {
    ...administrator,
    id: 'u3' as UserId,
    username: 'sara.conti',
    displayName: 'Sara Conti',
    role: 'supervisor',
    lastSignInAt: now - 3 * hour,
  },
  ...names.map((displayName, index) => ({
    id: `o${index + 1}` as UserId,
    username: usernameOf(displayName),
    displayName,
    role: 'operator' as const,
    grammar: grammarOf(displayName),
    active: index !== 9,
    mustChangePassword: index === 10,
    lockedUntil: index === 8 ? now + 9 * minute : null,
    lastSignInAt: index === 10 ? null : now - index * 5 * hour,
  })),
]

const hours = (): Campaign['hours'] => structuredClone(usualHours) as Campaign['hours']
const isoDate = (at: Instant) => new Date(at).toISOString().slice(0, 10)

export const campaignsAt = (now: Instant): Campaign[] => {
  const base = {
    from: isoDate(now - 10 * day),
    to: isoDate(now + 20 * day),
    hours: hours(),
    workMode: 'preview' as const,
    line: 'simulated' as const,
    ...lineDefaults,
    priority: 5,
    maxAttempts: 6,
    wrapUpSeconds: 30,
    callbackGraceMinutes: 30,
    outcomes: [...outcomes],
    operators: ['o1', 'o2', 'o3', 'o4', 'o6', 'o10'] as UserId[],
    script: JSON.stringify(script, null, 2),
    version: 3,
    updatedAt: now - 2 * hour,
  }
  return [
    {
      ...base,
      id: fibra,
      code: 'FIBRA-P26',
      description: 'Fibra Primavera',
      state: 'running',
      records: fibraRecords,
    },
    {
      ...base,
      id: rinnovi,
      code: 'RINNOVI-26',
      description: 'Rinnovi',
      state: 'running',
      records: rinnoviRecords,
    },
    {
      ...base,
      id: 'k3' as CampaignId,
      code: 'SODD-T4',
      description: 'Soddisfazione clienti, quarto trimestre',
      state: 'suspended',
      records: { ...rinnoviRecords, new: 400, total: rinnoviRecords.total + 400 },
    },
    {
      ...base,
      id: 'k4' as CampaignId,
      code: 'NATALE-26',
      description: 'Offerta di Natale',
      state: 'draft',
      operators: [],
      outcomes: [],
      script: '',
      records: noRecords,
      from: isoDate(now + 7 * day),
      to: isoDate(now + 30 * day),
    },
  ]
}

const extra = (
  code: string,
  it: string,
  en: string,
  effect: Outcome['effect'],
  after: number | null,
): Outcome => ({
  code: code as OutcomeCode,
  label: { it, en },
  effect,
  retryAfterMinutes: after,
  needsCompleteAnswers: false,
})

export const catalogue: readonly Outcome[] = [
  ...outcomes.map(({ key: _key, ...outcome }) => outcome),
  extra('busy', 'Occupato', 'Busy', 'retry', 15),
  extra('machine', 'Segreteria', 'Answering machine', 'retry', 1440),
  extra('language', 'Non parla italiano', 'Speaks no Italian', 'close-negative', null),
]

export const recordRows = (now: Instant): readonly z.infer<typeof RecordRow>[] => {
  const people = [
    'Maria Esposito',
    'Giuseppe Ferrara',
    'Chiara De Santis',
    'Paolo Neri',
    'Rosa Amato',
    'Salvatore Coppola',
  ]
  const states = ['new', 'new', 'retry', 'callback', 'positive', 'negative', 'wrong-number', 'working']
  return Array.from({ length: 320 }, (_, index) => {
    const status = states[index % states.length]!
    const isNew = status === 'new'
    return {
      id: `r${index}` as RecordId,
      name: people[index % people.length]!,
      phone: `+39331234${String(5000 + index)}`,
      status,
      dueAt: status === 'retry' || status === 'callback' ? now + index * 7 * minute : null,
      operator: status === 'callback' || status === 'working' ? names[index % names.length]! : null,
      attempts: isNew ? 0 : 1 + (index % 4),
      lastOutcome: isNew ? null : outcomes[index % outcomes.length]!.label,
      lastAttemptAt: isNew ? null : now - index * 11 * minute,
    }
  })
}

type Job = z.infer<typeof ImportJob>
const job = (id: string, fileName: string, createdAt: Instant, more: Partial<Job>): Job => ({
  id: id as ImportId,
  fileName,
  state: 'done',
  startedBy: 'sara.conti',
  createdAt,
  finishedAt: createdAt + minute,
  rowCount: 18_204,
  counts: { read: 18_204, loaded: 17_641, duplicates: 402, rejected: 161 },
  campaign: fibra,
  undoable: false,
  failure: null,
  ...more,
})

export const jobsAt = (now: Instant): Job[] => [
  job('i1', 'lista_salerno.csv', now - 40 * minute, {
    rowCount: 1204,
    counts: { read: 1204, loaded: 1180, duplicates: 19, rejected: 5 },
    undoable: true,
  }),
  job('i2', 'lista_napoli_ottobre.csv', now - 24 * day, {}),
  job('i3', 'rinnovi_2026.txt', now - 30 * day, { campaign: rinnovi, startedBy: 'francesca.moro' }),
  job('i4', 'prova.csv', now - 31 * day, {
    state: 'undone',
    campaign: null,
    rowCount: 12,
    counts: { read: 12, loaded: 12, duplicates: 0, rejected: 0 },
  }),
]

const headers = ['COGNOME', 'NOME', 'CELL', 'TEL1', "CITTA'", 'D_NASCITA', 'CONS_MKT']
type Row = ImportPreview['rows'][number]
const row = (
  line: number,
  cells: string[],
  read: (string | null)[],
  verdict: Row['verdict'] = 'load',
  problems: Row['problems'] = [],
): Row => ({ line, cells, read, verdict, problems })

/** How a file of Neapolitan leads reads, oddities included. */
export const importPreview = (fileName: string, bytes: number): ImportPreview => ({
  id: 'i9' as ImportId,
  fileName,
  bytes,
  format: { encoding: 'windows-1252', separator: ';', header: true },
  headers,
  mapping: ['lastName', 'firstName', 'phone1', 'phone2', 'city', 'birthDate', 'marketingConsent'],
  rowCount: 18_204,
  rows: [
    row(
      2,
      ['Esposito', 'Maria', '331 2345678', '081/5523344', 'Napoli', '07/11/1968', 'SI'],
      [null, null, '+39 331 234 5678', '+39 081 552 3344', null, '1968-11-07', null],
    ),
    row(
      3,
      ["D'Angelo", 'Niccolò', '+39 (347) 11.22.333', '', 'Pozzuoli', '1/3/71', 's'],
      [null, null, '+39 347 112 2333', null, null, '1971-03-01', null],
    ),
    row(
      4,
      ['Rossi', 'Giovanni', '33123', '0815510011', 'Napoli', '', 'NO'],
      [null, null, null, '+39 081 551 0011', null, null, null],
      'load',
      [{ column: 2, code: 'phone-too-short', value: '33123' }],
    ),
    row(
      5,
      ['Bianchi srl', '', '', '800 800 800', 'Casoria', '', 'SI'],
      [null, null, null, '800 800800', null, null, null],
    ),
    row(
      6,
      ['Esposito', 'Maria', '3312345678', '', 'NAPOLI', '7-11-68', 'SI'],
      [null, null, null, null, null, '1968-11-07', null],
      'duplicate',
      [{ column: 2, code: 'duplicate-in-file', value: '+393312345678' }],
    ),
    row(
      7,
      ['Müller', 'Hans', '0049 151 234567', '', 'Ischia', '31/12/1959', ''],
      [null, null, '+49 151 234567', null, null, null, null],
    ),
    row(
      8,
      ['Russo', 'Anna Maria', '339.55.66.777', '', 'Bacoli', '31/02/1980', 'SI'],
      [null, null, '+39 339 556 6777', null, null, null, null],
      'load',
      [{ column: 5, code: 'bad-date', value: '31/02/1980' }],
    ),
    row(
      9,
      ['Gallo', 'Pasquale', 'da chiedere', '', 'Napoli', '12/05/1980', 'SI'],
      [null, null, null, null, null, null, null],
      'reject',
      [{ column: 2, code: 'phone-letters', value: 'da chiedere' }],
    ),
    row(
      10,
      ['', '', '338 1234567', '', 'Portici', '', 'SI'],
      [null, null, '+39 338 123 4567', null, null, null, null],
      'reject',
      [{ column: 0, code: 'no-name', value: '' }],
    ),
    row(
      11,
      ['Coppola', 'Salvatore', '333 9876543', '81 5544332', 'Napoli', '4/8/1990', 'sì'],
      [null, null, '+39 333 987 6543', '+39 081 554 4332', null, '1990-08-04', null],
      'load',
      [{ column: 3, code: 'phone-zero-restored', value: '81 5544332' }],
    ),
  ],
})

export const rejectedRows: readonly z.infer<typeof RejectedRow>[] = Array.from(
  { length: 40 },
  (_, index) => ({
    line: 6 + index * 31,
    verdict: index % 3 === 0 ? ('reject' as const) : ('duplicate' as const),
    cells: ['Esposito', 'Maria', index % 3 === 0 ? '33123' : '3312345678', '', 'Napoli'],
    problems: [
      index % 3 === 0
        ? { column: 2, code: 'phone-too-short', value: '33123' }
        : { column: 2, code: 'duplicate-contact', value: '+393312345678' },
    ],
  }),
)

const attempt = '0f8fad5b-d9cb-469f-a165-70867728950e'
const heardAt = (at: Instant, seconds: number) => new Date(at + seconds * 1000).toISOString()

/** [action, who, subject, details] of what a day brings; ids as the server writes them. */
const auditKinds = (now: Instant) =>
  [
    ['session.signed-in', 'anna.russo', '7c9e6679-7425-40de-944b-e07fc1f90ae7', {}],
    ['session.sign-in-refused', 'luca.bruni', null, { reason: 'wrong-password' }],
    ['campaign.launched', 'sara.conti', 'k1', { code: 'FIBRA-P26' }],
    ['user.changed', 'francesca.moro', 'o8', { role: ['operator', 'supervisor'], active: [true, false] }],
    ['session.sign-in-refused', null, null, { reason: 'unknown-user' }],
    ['import.started', 'sara.conti', 'i1', { file: 'clienti.csv', rows: 18_204, campaign: 'k1' }],
    ['user.password-reset', 'francesca.moro', 'o8', {}],
    ['user.phone-set', 'francesca.moro', 'o8', { dialPrefix: '0', deskPhone: 'desk-12' }],
    [
      'call.refused',
      'anna.russo',
      'k1',
      { reason: 'law-hours', until: now + 15 * hour, phone: '+39 348 ••• ••12' },
    ],
    ['attempt.wrapped-up', 'anna.russo', attempt, { record: 'r12', outcome: 'interested' }],
    [
      'supervision.ended',
      'sara.conti',
      'o1',
      {
        operator: 'anna.russo',
        mode: 'coach',
        call: 'PJSIP/1-00000a',
        attempt,
        campaign: 'k1',
        operatorTold: true,
        from: heardAt(now, -400),
        to: heardAt(now, -80),
        why: 'call-over',
      },
    ],
    ['supervision.mode-changed', 'sara.conti', 'o1', { mode: 'join', before: 'listen' }],
    ['callers.deleted', null, null, { why: 'retention', days: 365, count: 1_204 }],
    ['outcome.saved', 'sara.conti', 'interested', { effect: 'close-positive' }],
    ['campaign.of-tomorrow', 'sara.conti', 'k1', { somethingNew: { deep: 1 } }],
  ] as const

export const auditAt = (now: Instant): readonly z.infer<typeof AuditEntry>[] => {
  const kinds = auditKinds(now)
  const called = [
    ...usersAt(now).map(({ id, displayName }) => [id, displayName]),
    ...campaignsAt(now).map(({ id, description }) => [id, description]),
    ...jobsAt(now).map(({ id, fileName }) => [id, fileName]),
  ]
  const names = Object.fromEntries(called) as Record<string, string>
  return Array.from({ length: 160 }, (_, index) => {
    const [action, username, subject, details] = kinds[index % kinds.length]!
    const address = action === 'callers.deleted' ? '' : `192.168.1.${20 + (index % 40)}`
    return {
      id: `e${index}`,
      at: now - index * 9 * minute,
      username,
      address,
      action,
      subject,
      details,
      names,
    }
  })
}

export const sessionsAt = (now: Instant): z.infer<typeof SessionInfo>[] =>
  ['francesca.moro', 'sara.conti', 'anna.russo', 'luca.bruni', 'giulia.ferri'].map((username, index) => ({
    id: `s${index}`,
    userId: `o${index}`,
    username,
    address: `192.168.1.${24 + index}`,
    startedAt: now - (index + 1) * hour,
    lastSeenAt: now - index * minute,
    current: index === 0,
  }))

export const scriptExamples = [
  { name: 'Proposta con questionario', language: 'it' as const, document: JSON.stringify(script) },
  { name: 'Offer with questionnaire', language: 'en' as const, document: JSON.stringify(script) },
]
