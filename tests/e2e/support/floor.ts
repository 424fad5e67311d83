import type { CampaignDraft } from '../../../shared/crm-api/campaigns.ts'
import { lineDefaults } from '../../../shared/crm-api/campaigns.ts'
import type { ImportJob, ImportPreview } from '../../../shared/crm-api/imports.ts'
import type { SignedIn } from '../../../shared/crm-api/sessions.ts'
import type { Role } from '../../../shared/crm-api/resource.ts'
import type { User } from '../../../shared/crm-api/users.ts'
import { DateTime } from 'luxon'
import type { z } from 'zod'
import type { Cuffia } from './fixture.ts'
import type { Credentials } from './people.ts'

export interface Person extends Credentials {
  name: string
  id: User['id']
}

export interface Floor {
  administrator: Credentials
  supervisor: Person
  operators: readonly Person[]
  campaign: { id: string; description: string }
}

const ownPassword = 'una frase lunga per le prove'

/** Numbers whose last two digits say what the simulated customer does: resources/simulator/README.md. */
export const numberOf = (index: number, behaviour: '01' | '05' | '08' = '08') =>
  `394 12${String(index).padStart(3, '0')}${behaviour}`

export const listOf = (count: number): string =>
  ['COGNOME;NOME;CELL']
    .concat(Array.from({ length: count }, (_, index) => `Cognome${index};Nome${index};${numberOf(index)}`))
    .join('\r\n')

/** Opens a session of the REST interface for somebody. */
export async function tokenOf({ crm }: Pick<Cuffia, 'crm'>, who: Credentials): Promise<string> {
  const { username, password } = who
  return (await crm<z.infer<typeof SignedIn>>('sessions.signIn', { body: { username, password } })).token
}

/** A running campaign with people who have their own passwords, made over REST: for specs that are about the rest. */
export async function openFloor(
  cuffia: Cuffia,
  { list = listOf(8), operators: count = 1 }: { list?: string; operators?: number } = {},
): Promise<Floor> {
  const { crm, server } = cuffia
  const choosePassword = async ({ username, password }: Credentials) => {
    const token = await tokenOf(cuffia, { username, password })
    const body = { current: password, next: ownPassword }
    await crm('sessions.changePassword', { body }, token)
    return { username, password: ownPassword, token }
  }
  const administrator = await choosePassword(server.firstAdministrator)
  const create = async (username: string, displayName: string, role: Role): Promise<Person> => {
    const given = await crm<{ user: User; password: string }>(
      'users.create',
      { body: { username, displayName, role, grammar: 'f' } },
      administrator.token,
    )
    await choosePassword({ username, password: given.password })
    return { username, password: ownPassword, name: displayName, id: given.user.id }
  }
  const supervisor = await create('sara', 'Sara Conti', 'supervisor')
  const names = ['Anna Verdi', 'Luca Ferri', 'Pia Riva'].slice(0, count)
  const operators = []
  for (const name of names) operators.push(await create(name.split(' ')[0]!.toLowerCase(), name, 'operator'))

  const token = await tokenOf(cuffia, supervisor)
  const { id, format, mapping } = await crm<ImportPreview>(
    'imports.upload',
    { query: { fileName: 'elenco.csv' }, upload: Buffer.from(list, 'utf8') },
    token,
  )
  const body = { format, mapping, campaign: null }
  let job = await crm<ImportJob>('imports.start', { params: { id }, body }, token)
  while (job.state === 'waiting' || job.state === 'running') {
    job = await crm<ImportJob>('imports.get', { params: { id } }, token)
  }
  const campaign = await crm<{ id: string; description: string }>(
    'campaigns.create',
    { body: await campaignDraft(crm, token, operators) },
    token,
  )
  const params = { id: campaign.id }
  await crm('campaigns.addRecords', { params, body: { import: id } }, token)
  await crm('campaigns.command', { params, body: { command: 'launch' } }, token)
  return { administrator, supervisor, operators, campaign }
}

async function campaignDraft(
  crm: Cuffia['crm'],
  token: string,
  operators: readonly Person[],
): Promise<CampaignDraft> {
  const catalogue = await crm<CampaignDraft['outcomes']>('outcomes.list', {}, token)
  const examples = await crm<{ language: string; document: string }[]>('campaigns.scriptExamples', {}, token)
  const allDay = [{ from: '00:00', to: '24:00' }]
  const today = DateTime.now().setZone('Europe/Rome')
  return {
    code: 'PROVA',
    description: 'Fibra Primavera',
    from: today.minus({ days: 1 }).toFormat('yyyy-MM-dd'),
    to: today.plus({ months: 1 }).toFormat('yyyy-MM-dd'),
    hours: {
      zone: 'Europe/Rome',
      days: { 1: allDay, 2: allDay, 3: allDay, 4: allDay, 5: allDay, 6: allDay, 7: allDay },
    },
    workMode: 'preview',
    line: 'simulated',
    ...lineDefaults,
    priority: 5,
    maxAttempts: 5,
    wrapUpSeconds: 30,
    callbackGraceMinutes: 30,
    outcomes: catalogue.slice(0, 9).map((outcome, index) => ({ ...outcome, key: index + 1 })),
    operators: operators.map(({ id }) => id),
    script: examples.find(({ language }) => language === 'it')?.document ?? '',
  }
}
