import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { createCrmClient } from '../../main/crm/client.ts'
import type { CrmCalls } from '../../main/services/crm/ports.ts'
import type { CampaignDraft } from '../../shared/crm-api/campaigns.ts'
import { lineDefaults } from '../../shared/crm-api/campaigns.ts'
import { ImportPreview } from '../../shared/crm-api/imports.ts'
import type { Role } from '../../shared/crm-api/resource.ts'
import { AppError } from '../../shared/std/errors.ts'
import type { CampaignId, OutcomeCode, UserId } from '../../shared/std/ids.ts'
import { makeUuid, systemClock } from '../../server/entry/system.ts'

const demo = resolve(import.meta.dirname, '../../resources/demo')

export interface Person {
  id: UserId
  username: string
  password: string
}

/** Somebody signed in at the server itself, as its interface is documented. */
export interface Signed extends Person {
  crm: CrmCalls
  token: string
}

export interface CallCentre {
  supervisor: Signed
  operators: Person[]
  campaign: CampaignId
  /** Records that the import put into the campaign. */
  records: number
}

export interface CallCentreWish {
  url: string
  firstAdministrator: { username: string; password: string }
  operators: number
  csv: { name: string; bytes: Uint8Array }
  /** Changes to the campaign that `campaignDraft()` describes. */
  campaign?: Partial<CampaignDraft>
}

const phrase = 'tre gatti sopra il tetto rosso'
const client = (url: string, token: () => string | null) =>
  createCrmClient({ baseUrl: url, token, clock: systemClock, makeId: makeUuid }).calls

/** One address may sign in so often a minute: whoever brings many people waits as long as the server says. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      const isLimit = error instanceof AppError && error.code === 'too-many-requests'
      if (!isLimit) throw error
      const { retryAfterSeconds } = error.details as { retryAfterSeconds: number }
      await wait((retryAfterSeconds + 1) * 1_000)
    }
  }
}

/** Signs in with a one-time password and puts a phrase in its place. */
async function newcomer(url: string, username: string, oneTime: string): Promise<Signed> {
  let token: string | null = null
  const crm = client(url, () => token)
  const signedIn = await patiently(() => crm.sessions.signIn({ body: { username, password: oneTime } }))
  token = signedIn.token
  const password = phrase
  const change = { body: { current: oneTime, next: password } }
  const { id } = await patiently(() => crm.sessions.changePassword(change))
  return { id, username, password, crm, token: signedIn.token }
}

const allDay = [{ from: '00:00', to: '24:00' }]
const days = { 1: allDay, 2: allDay, 3: allDay, 4: allDay, 5: allDay, 6: allDay, 7: allDay }

async function campaignDraft(crm: CrmCalls): Promise<CampaignDraft> {
  const catalogue = await crm.outcomes.list({})
  const today = systemClock.now()
  const date = (at: number) => new Date(at).toISOString().slice(0, 10)
  return {
    code: 'PROVE',
    description: 'Campagna delle prove',
    from: date(today - 86_400_000),
    to: date(today + 86_400_000),
    hours: { zone: 'Europe/Rome', days },
    workMode: 'preview',
    line: 'simulated',
    ...lineDefaults,
    priority: 5,
    maxAttempts: 5,
    wrapUpSeconds: 30,
    callbackGraceMinutes: 30,
    outcomes: catalogue
      .filter(({ code }) => code !== ('appointment' as OutcomeCode))
      .map((outcome, index) => ({ ...outcome, key: index + 1 })),
    operators: [],
    script: await readFile(join(demo, 'fibra-primavera.json'), 'utf8'),
  }
}

export interface Staff {
  supervisor: Signed
  /** Somebody more, with a password of their own. */
  person(username: string, role: Role): Promise<Signed>
}

/** An empty server gets its administrator and a supervisor. */
export async function openStaff({
  url,
  firstAdministrator,
}: Pick<CallCentreWish, 'url' | 'firstAdministrator'>): Promise<Staff> {
  const administrator = await newcomer(url, firstAdministrator.username, firstAdministrator.password)
  const person = async (username: string, role: Role) => {
    const body = { username, displayName: `${username} Rossi`, role, grammar: 'n' as const }
    const { password } = await administrator.crm.users.create({ body })
    return newcomer(url, username, password)
  }
  return { supervisor: await person('capo', 'supervisor'), person }
}

/** Makes, fills and launches a campaign. */
export async function launchCampaign(
  url: string,
  supervisor: Signed,
  { csv, campaign }: { csv: CallCentreWish['csv'] | null; campaign: Partial<CampaignDraft> },
): Promise<Pick<CallCentre, 'campaign' | 'records'>> {
  const { crm } = supervisor
  const { id } = await crm.campaigns.create({ body: { ...(await campaignDraft(crm)), ...campaign } })
  const records = csv === null ? 0 : await importInto(url, supervisor, csv, id)
  await crm.campaigns.command({ params: { id }, body: { command: 'launch' } })
  return { campaign: id, records }
}

/** From an empty server to a launched campaign: administrator, supervisor, operators, import, campaign, launch. */
export async function openCallCentre(wish: CallCentreWish): Promise<CallCentre> {
  const { supervisor, person } = await openStaff(wish)
  const operators: Signed[] = []
  for (let number = 1; number <= wish.operators; number++) {
    operators.push(await person(`operatore${number}`, 'operator'))
  }
  const campaign = { operators: operators.map(({ id }) => id), ...wish.campaign }
  const launched = await launchCampaign(wish.url, supervisor, { csv: wish.csv, campaign })
  return {
    supervisor,
    operators: operators.map(({ id, username, password }) => ({ id, username, password })),
    ...launched,
  }
}

/** Loads contacts that are in no campaign; resolves with how many. */
export const importContacts = (
  url: string,
  supervisor: Signed,
  csv: CallCentreWish['csv'],
): Promise<number> => importInto(url, supervisor, csv, null)

async function importInto(
  url: string,
  { crm, token }: Signed,
  csv: CallCentreWish['csv'],
  campaign: CampaignId | null,
): Promise<number> {
  const uploaded = await fetch(`${url}/imports?${new URLSearchParams({ fileName: csv.name }).toString()}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
    body: Buffer.from(csv.bytes),
  })
  const { id, format, mapping } = ImportPreview.parse(await uploaded.json())
  let job = await crm.imports.start({ params: { id }, body: { format, mapping, campaign } })
  while (job.state === 'waiting' || job.state === 'running') {
    await wait(50)
    job = await crm.imports.get({ params: { id } })
  }
  if (job.state !== 'done') throw new Error(`the import ended as ${job.state}: ${job.failure}`)
  return job.counts.loaded
}

/** A list of `count` people with one mobile number each, none of a real operator and none that forces a behaviour. */
export function listOf(count: number): CallCentreWish['csv'] {
  const lines = Array.from({ length: count }, (_, index) => {
    const number = String(Math.floor(index / 80) * 100 + 10 + (index % 80)).padStart(7, '0')
    return `Cognome${index + 1};Nome${index + 1};394${number};Napoli`
  })
  return { name: 'prove.csv', bytes: Buffer.from(['COGNOME;NOME;CELL;CITTA', ...lines].join('\r\n')) }
}

/** The list that ships with the program. */
export const demoList = async (): Promise<CallCentreWish['csv']> => ({
  name: 'contatti-napoli.csv',
  bytes: await readFile(join(demo, 'contatti-napoli.csv')),
})
