import type { Readable } from 'node:stream'
import type { z } from 'zod'
import type { CampaignDraft } from '../../../shared/crm-api/campaigns.ts'
import type { crmApi } from '../../../shared/crm-api/index.ts'
import type { UserDraft } from '../../../shared/crm-api/users.ts'
import type { Clock } from '../../../shared/std/clock.ts'
import type { CampaignId, ImportId, UserId } from '../../../shared/std/ids.ts'
import type { Handlers, RequestContext, SignedInUser } from '../../http/handlers.ts'
import type { AuditLog } from '../audit/rules.ts'
import { findDemo, isEmpty, removeDemo, type Db, type DemoMade } from './repository.ts'
import type { DemoKind } from './rules.ts'
import { demoDraft, demoPeople } from './rules.ts'

export interface DemoPorts {
  db: Db
  clock: Clock
  audit: AuditLog
  makeId: () => string
  users: Handlers<typeof crmApi.users>
  outcomes: Handlers<typeof crmApi.outcomes>
  imports: Handlers<typeof crmApi.imports>
  campaigns: Handlers<typeof crmApi.campaigns>
  /** The lists of contacts that ship with Cuffia. */
  contacts: (kind: DemoKind) => { fileName: string; content: Readable }
}

export interface DemoUser {
  username: string
  role: string
  /** Shown once; it is changed at the first sign-in. */
  password: string
}

/** `offer`: once, in a database nobody has used. The others remove what was made, calls included, and make it anew. */
export type DemoSeed = 'offer' | 'reset' | 'real'

/**
 * A campaign at work at any hour, with people who may sign in: on the simulated line, or for `real` on the PBX.
 * The people who may now sign in with the passwords, new ones; empty where there was nothing to do.
 */
export async function seedDemo(ports: DemoPorts, wish: DemoSeed): Promise<DemoUser[]> {
  const before = await findDemo(ports.db)
  if (wish === 'offer' && (before !== null || !(await isEmpty(ports.db)))) return []
  if (before !== null) await removeDemo(ports.db, before)
  const people = await makePeople(ports, before)
  const supervisor = people.find(({ role }) => role === 'supervisor')
  if (!supervisor) throw new Error('the demo has no supervisor')
  const kind = wish === 'real' ? 'real' : 'simulated'
  const imported = await importContacts(ports, kind, supervisor)
  const operators = people.filter(({ role }) => role === 'operator').map(({ id }) => id)
  const campaign = await makeCampaign(ports, kind, supervisor, imported, operators)
  const made: DemoMade = { campaign, import: imported, users: people.map(({ id }) => id) }
  await ports.audit.add(ports.db, {
    at: ports.clock.now(),
    username: null,
    address: 'server',
    action: 'demo.made',
    subject: campaign,
    details: { ...made },
  })
  return people.map(({ username, role, password }) => ({ username, role, password }))
}

type Person = SignedInUser & { password: string }

const asking = (
  ports: DemoPorts,
  user: SignedInUser | null,
  upload: Readable | null = null,
): RequestContext => ({
  user,
  address: 'server',
  now: ports.clock.now(),
  key: ports.makeId(),
  upload,
  range: null,
})

/** A demo of its own people is made once; later their passwords are only made new. */
async function makePeople(ports: DemoPorts, before: DemoMade | null): Promise<Person[]> {
  const known = await ports.users.list({}, asking(ports, null))
  const people: Person[] = []
  for (const draft of demoPeople) {
    const own = known.find(
      ({ id, username }) => before?.users.includes(id) && username.endsWith(draft.username),
    )
    const { user, password } = own
      ? await ports.users.resetPassword({ params: { id: own.id } }, asking(ports, null))
      : await ports.users.create({ body: freeName(draft, known) }, asking(ports, null))
    const { id, username, displayName, role } = user
    people.push({ id, username, displayName, role, sessionId: 'server', password })
  }
  return people
}

type Draft = z.infer<typeof UserDraft>

const freeName = (draft: Draft, known: readonly { username: string }[]): Draft =>
  known.some(({ username }) => username === draft.username)
    ? { ...draft, username: `demo.${draft.username}` }
    : draft

async function importContacts(ports: DemoPorts, kind: DemoKind, user: Person): Promise<ImportId> {
  const { fileName, content } = ports.contacts(kind)
  const { id, format, mapping } = await ports.imports.upload(
    { query: { fileName } },
    asking(ports, user, content),
  )
  const body = { format, mapping, campaign: null }
  let job = await ports.imports.start({ params: { id }, body }, asking(ports, user))
  while (job.state === 'waiting' || job.state === 'running') {
    await new Promise<void>((resume) => ports.clock.after(50, resume))
    job = await ports.imports.get({ params: { id } }, asking(ports, user))
  }
  if (job.state !== 'done') throw new Error(`the demo's contacts could not be loaded: ${job.failure}`)
  return id
}

async function makeCampaign(
  ports: DemoPorts,
  kind: DemoKind,
  user: Person,
  imported: ImportId,
  operators: UserId[],
): Promise<CampaignId> {
  const catalogue = await ports.outcomes.list({}, asking(ports, user))
  const examples = await ports.campaigns.scriptExamples({}, asking(ports, user))
  const script = examples.find(({ language }) => language === 'it')?.document ?? ''
  const codes = (await ports.campaigns.list({}, asking(ports, user))).map(({ code }) => code)
  const body: CampaignDraft = demoDraft({
    kind,
    catalogue,
    script,
    operators,
    codes,
    now: ports.clock.now(),
  })
  const { id } = await ports.campaigns.create({ body }, asking(ports, user))
  await ports.campaigns.addRecords({ params: { id }, body: { import: imported } }, asking(ports, user))
  await ports.campaigns.command({ params: { id }, body: { command: 'launch' } }, asking(ports, user))
  return id
}
