import { DateTime } from 'luxon'
import type { z } from 'zod'
import type { CampaignDraft } from '../../../shared/crm-api/campaigns.ts'
import { lineDefaults } from '../../../shared/crm-api/campaigns.ts'
import type { UserDraft } from '../../../shared/crm-api/users.ts'
import { week } from '../../../shared/domain/campaign/calling-hours.ts'
import type { Outcome } from '../../../shared/domain/campaign/outcomes.ts'
import type { Instant } from '../../../shared/std/clock.ts'
import type { UserId } from '../../../shared/std/ids.ts'

export const demoPeople: readonly z.infer<typeof UserDraft>[] = [
  { username: 'sara', displayName: 'Sara Conti', role: 'supervisor', grammar: 'f' },
  { username: 'anna', displayName: 'Anna Esposito', role: 'operator', grammar: 'f' },
  { username: 'luca', displayName: 'Luca Ferri', role: 'operator', grammar: 'm' },
]

const zone = 'Europe/Rome'
const allDay = [{ from: '00:00', to: '24:00' }]
const keys = 9

/** `simulated`: scripted customers, hundreds of contacts. `real`: calls over the PBX to a few that SIPp plays. */
export type DemoKind = 'simulated' | 'real'

const kinds = {
  simulated: { line: 'simulated', code: 'FIBRA', description: 'Fibra Primavera', callerId: '' },
  // a landline that is nobody's: 0 after the area code (resources/demo)
  real: {
    line: 'pbx',
    code: 'VERE',
    description: 'Fibra Primavera, chiamate vere',
    callerId: '+390810550000',
  },
} as const

/** Open at any hour: it disturbs nobody, and whoever tries Cuffia at night sees it work. */
export function demoDraft(facts: {
  kind: DemoKind
  catalogue: readonly Outcome[]
  script: string
  operators: UserId[]
  /** Codes that are taken. */
  codes: readonly string[]
  now: Instant
}): CampaignDraft {
  const today = DateTime.fromMillis(facts.now, { zone })
  const day = (date: DateTime) => date.toFormat('yyyy-MM-dd')
  const hours = week(allDay, allDay, allDay) as CampaignDraft['hours']['days']
  const { line, code, description, callerId } = kinds[facts.kind]
  return {
    code: facts.codes.includes(code) ? `${code}-DEMO` : code,
    description,
    from: day(today),
    to: day(today.plus({ years: 1 })),
    hours: { zone, days: hours },
    workMode: 'preview',
    line,
    ...lineDefaults,
    callerId,
    priority: 5,
    maxAttempts: 5,
    wrapUpSeconds: 45,
    callbackGraceMinutes: 15,
    outcomes: facts.catalogue
      .filter(({ code }) => (code as string) !== 'already-customer')
      .slice(0, keys)
      .map((outcome, index) => ({ ...outcome, key: index + 1 })),
    operators: facts.operators,
    script: facts.script,
  }
}
