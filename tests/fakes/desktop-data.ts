import type { Contact, HistoryEntry } from '../../shared/crm-api/contacts.ts'
import type { User } from '../../shared/crm-api/users.ts'
import type { Offer } from '../../shared/crm-api/work.ts'
import { offerLineDefaults } from '../../shared/crm-api/work.ts'
import type { CampaignOutcome, OutcomeEffect } from '../../shared/domain/campaign/outcomes.ts'
import type { Instant } from '../../shared/std/clock.ts'
import type {
  AttemptId,
  CampaignId,
  ContactId,
  OutcomeCode,
  RecordId,
  RecordingId,
  UserId,
} from '../../shared/std/ids.ts'

const minute = 60_000
const day = 24 * 60 * minute

const person = (
  id: string,
  username: string,
  displayName: string,
  role: User['role'],
  grammar: User['grammar'],
  mustChangePassword = false,
): User => ({
  id: id as UserId,
  username,
  displayName,
  role,
  grammar,
  active: true,
  mustChangePassword,
  lockedUntil: null,
  lastSignInAt: null,
})

export const users: readonly User[] = [
  person('u1', 'anna', 'Anna Russo', 'operator', 'f'),
  person('u2', 'luca', 'Luca Bruni', 'operator', 'm'),
  person('u3', 'sara', 'Sara Conti', 'supervisor', 'f'),
  person('u4', 'nuova', 'Elena Marino', 'operator', 'f', true),
]

const outcome = (
  key: number,
  code: string,
  it: string,
  en: string,
  effect: OutcomeEffect,
  more: Partial<CampaignOutcome> = {},
): CampaignOutcome => ({
  key,
  code: code as OutcomeCode,
  label: { it, en },
  effect,
  retryAfterMinutes: effect === 'retry' ? 120 : null,
  needsCompleteAnswers: false,
  ...more,
})

export const outcomes: readonly CampaignOutcome[] = [
  outcome(1, 'interested', 'Interessata', 'Interested', 'close-positive', { needsCompleteAnswers: true }),
  outcome(2, 'appointment', 'Appuntamento', 'Appointment', 'close-positive'),
  outcome(3, 'callback', 'Richiamare', 'Call back', 'callback'),
  outcome(4, 'not-interested', 'Non interessata', 'Not interested', 'close-negative'),
  outcome(5, 'has-fibre', 'Ha già la fibra', 'Has fibre already', 'close-negative'),
  outcome(6, 'no-answer', 'Non risponde', 'No answer', 'retry'),
  outcome(7, 'wrong-number', 'Numero errato', 'Wrong number', 'wrong-number'),
  outcome(9, 'never-again', 'Non chiamare più', 'Never call again', 'do-not-call'),
]

/** The kinds of text and of question that a script may have, in five pages with a branch. */
export const script = {
  title: 'Fibra Primavera',
  pages: [
    {
      name: 'opening',
      title: 'Apertura',
      elements: [
        {
          type: 'html',
          name: 'hello',
          html: '«Buongiorno, parlo con {contact.fullName}?»',
        },
        {
          type: 'html',
          name: 'wait',
          cuffiaKind: 'instruction',
          html: 'Aspetta la risposta. Se non è la persona cercata, chiedi quando trovarla.',
        },
        {
          type: 'radiogroup',
          name: 'who',
          title: 'Chi risponde?',
          choices: ['La persona cercata', 'Un familiare', 'Un’altra persona'],
        },
      ],
    },
    {
      name: 'presentation',
      title: 'Presentazione',
      elements: [
        {
          type: 'html',
          name: 'intro',
          html: '«Buongiorno {contact.fullName}, sono {operator.firstName} di Telenova. La chiamo perché nella sua zona, a {contact.city}, è arrivata la fibra fino a casa. Questa telefonata è registrata. Ha due minuti?»',
        },
        {
          type: 'html',
          name: 'origin-note',
          cuffiaKind: 'instruction',
          html: 'Se chiede come abbiamo il numero, apri «Come avete il mio numero?».',
        },
        {
          type: 'radiogroup',
          name: 'connection',
          title: 'Che connessione usa oggi?',
          isRequired: true,
          choices: [
            { value: 'adsl', text: 'ADSL' },
            { value: 'fttc', text: 'Fibra misto rame' },
            { value: 'mobile', text: 'Solo cellulare' },
            { value: 'unknown', text: 'Non sa' },
          ],
        },
        {
          type: 'html',
          name: 'objection-provider',
          cuffiaKind: 'objection',
          title: 'Ho già un fornitore',
          html: '«Certo, non le chiedo di cambiare oggi. Le dico solo che cosa cambierebbe nella bolletta.»',
        },
        {
          type: 'html',
          name: 'objection-time',
          cuffiaKind: 'objection',
          title: 'Non ho tempo',
          html: '«La capisco. Quando posso richiamarla con calma?»',
        },
        {
          type: 'html',
          name: 'objection-number',
          cuffiaKind: 'objection',
          title: 'Come avete il mio numero?',
          html: '«Ce lo ha dato lei quando ha chiesto informazioni sul nostro sito. Se vuole, lo cancello subito.»',
        },
      ],
    },
    {
      name: 'needs',
      title: 'Esigenze',
      elements: [
        {
          type: 'html',
          name: 'needs-say',
          html: '«In quanti siete in casa, e che cosa fate di solito con Internet?»',
        },
        { type: 'text', name: 'people', title: 'Persone in casa', inputType: 'number', min: 1, max: 20 },
        {
          type: 'checkbox',
          name: 'uses',
          title: 'Che cosa fa con Internet?',
          choices: ['Lavoro da casa', 'Film e serie', 'Giochi', 'Scuola'],
        },
        {
          type: 'text',
          name: 'spend',
          title: 'Spesa al mese, in euro',
          inputType: 'number',
          min: 0,
          max: 500,
        },
      ],
    },
    {
      name: 'offer',
      title: 'Offerta',
      elements: [
        {
          type: 'html',
          name: 'offer-say',
          html: '«Con la nostra fibra spenderebbe 24,90 € al mese, per sempre. Il tecnico viene quando è comodo per lei.»',
        },
        {
          type: 'rating',
          name: 'interest',
          title: 'Quanto le interessa?',
          isRequired: true,
          minRateDescription: 'per niente',
          maxRateDescription: 'molto',
        },
        {
          type: 'dropdown',
          name: 'deciding',
          title: 'Chi decide?',
          choices: ['Da sola', 'Con il coniuge', 'Il coniuge', 'Un altro'],
        },
        {
          type: 'text',
          name: 'installation',
          title: 'Giorno per il tecnico',
          inputType: 'date',
          visibleIf: '{interest} >= 4',
        },
      ],
    },
    {
      name: 'closing',
      title: 'Chiusura',
      elements: [
        {
          type: 'html',
          name: 'closing-say',
          html: '«La ringrazio, {contact.fullName}. Le auguro una buona giornata.»',
        },
        {
          type: 'boolean',
          name: 'consent',
          title: 'Acconsente a ricevere il riepilogo per posta elettronica?',
        },
        { type: 'comment', name: 'remarks', title: 'Osservazioni', rows: 2 },
      ],
    },
  ],
}

const contact = (
  id: string,
  firstName: string,
  lastName: string,
  mobile: string,
  more: Partial<Contact> = {},
): Contact => ({
  id: id as ContactId,
  firstName,
  lastName,
  company: '',
  phones: [{ e164: mobile, kind: 'mobile', raw: mobile, wrong: false }],
  email: '',
  street: '',
  postcode: '',
  city: 'Napoli',
  province: 'NA',
  birthDate: null,
  marketingConsent: null,
  externalId: '',
  note: '',
  custom: {},
  ...more,
})

export const contacts: readonly Contact[] = [
  contact('c1', 'Maria', 'Esposito', '+393312345678', {
    phones: [
      { e164: '+393312345678', kind: 'mobile', raw: '331 2345678', wrong: false },
      { e164: '+390815523344', kind: 'landline', raw: '081/5523344', wrong: false },
    ],
    email: 'm.esposito@example.it',
    street: 'Via Roma 12',
    postcode: '80134',
    birthDate: '1978-04-12',
    marketingConsent: true,
    externalId: '0000048',
    custom: { Operatore: 'Altro, ADSL', Scadenza: '12/2026', 'Ora preferita': 'dopo le 10' },
  }),
  contact('c2', 'Giuseppe', 'Ferrara', '+393398765432', {
    city: 'Salerno',
    province: 'SA',
    marketingConsent: false,
  }),
  contact('c3', '', '', '+390612345678', {
    company: 'Ferramenta Bianchi e figli di Bianchi Antonio e C. S.n.c.',
    city: 'Roma',
    province: 'RM',
    phones: [{ e164: '+390612345678', kind: 'landline', raw: '06 12345678', wrong: false }],
  }),
  contact('c4', 'Chiara', 'De Santis', '+393471112233'),
  contact('c5', 'Paolo', 'Greco', '+393489998877'),
]

const past = (
  at: Instant,
  operator: string,
  it: string,
  en: string,
  effect: OutcomeEffect,
  note = '',
  talkSeconds = 0,
): HistoryEntry => ({
  at,
  operator,
  campaign: 'Fibra Primavera',
  outcome: { it, en },
  effect,
  note,
  phone: '+393312345678',
  talkSeconds,
})

const histories = (now: Instant): Readonly<Record<string, readonly HistoryEntry[]>> => ({
  c1: [
    past(now - day, 'Anna Russo', 'Non risponde', 'No answer', 'retry'),
    {
      ...past(
        now - 82 * day,
        'Luca Bruni',
        'Richiamare',
        'Call back',
        'callback',
        'contratto fino a dicembre',
        95,
      ),
      recordings: [{ id: 'rec-1' as RecordingId, durationMs: 108_000 }],
    },
    {
      ...past(now - 400 * day, 'Sara Conti', 'Non interessata', 'Not interested', 'close-negative', '', 41),
      phone: '+390815523344',
    },
  ],
})

/** The n-th record offered: the contacts in turn, each time as a new attempt. */
export function offerNumber(index: number, attempt: AttemptId, now: Instant): Offer {
  const person = contacts[index % contacts.length]!
  const isCallback = index % contacts.length === 1
  const history = histories(now)[person.id] ?? []
  return {
    attempt,
    offeredAt: now,
    campaign: {
      id: 'k1' as CampaignId,
      code: 'FIBRA-P26',
      description: 'Fibra Primavera',
      workMode: 'preview',
      line: 'simulated',
      ...offerLineDefaults,
      zone: 'Europe/Rome',
      wrapUpSeconds: 30,
      callbackGraceMinutes: 30,
      outcomes: [...outcomes],
      script: JSON.stringify(script),
    },
    record: {
      id: `r${index}` as RecordId,
      kind: isCallback ? 'callback' : history.length > 0 ? 'retry' : 'new',
      dueAt: isCallback ? now - 2 * minute : null,
      attempts: Math.min(history.length, 1),
      maxAttempts: 6,
    },
    contact: person,
    history: [...history],
    caller: null,
  }
}

/** How one customer behaves, in milliseconds from the dial or from the answer. */
export interface Customer {
  ringMs: number
  end?: 'busy' | 'no-answer'
  says?: readonly { afterMs: number; text: string }[]
  hangsUpAfterMs?: number
}

export const customers: readonly Customer[] = [
  {
    ringMs: 3000,
    says: [
      { afterMs: 400, text: 'Pronto?' },
      { afterMs: 6000, text: 'Sì, sono io. Mi dica.' },
      { afterMs: 14_000, text: 'Ho una linea vecchia, va piano la sera.' },
      { afterMs: 24_000, text: 'Mi interessa, ma decido con mio marito.' },
    ],
  },
  { ringMs: 2500, end: 'busy' },
  { ringMs: 3000, says: [{ afterMs: 400, text: 'Ferramenta Bianchi, buongiorno.' }], hangsUpAfterMs: 9000 },
  { ringMs: 8000, end: 'no-answer' },
]

/** Callbacks of the operator's own that are still to come. */
export const ownCallbacks = (now: Instant) => [
  { record: 'r-a' as RecordId, name: 'Rosa Amato', dueAt: now + 25 * minute, campaign: 'Fibra Primavera' },
  {
    record: 'r-b' as RecordId,
    name: 'Studio Legale Neri',
    dueAt: now + 26 * 60 * minute,
    campaign: 'Rinnovi',
  },
]
