import type { CampaignDraft } from '../../shared/crm-api/campaigns.ts'
import { lineDefaults } from '../../shared/crm-api/campaigns.ts'
import type { StreamMessage } from '../../shared/crm-api/stream.ts'
import type { OperatorView, WrapUp } from '../../shared/crm-api/work.ts'
import type { BreakReason } from '../../shared/domain/operator/operator.ts'
import type { CampaignId, ContactId, OutcomeCode, RecordId, UserId } from '../../shared/std/ids.ts'
import { jsonb } from '../../server/db/connect.ts'
import { makeUuid } from '../../server/entry/system.ts'
import type { StreamSeat } from '../../server/live/hub.ts'
import { insertRecords } from '../../server/modules/campaigns/records.ts'
import type { Pbx } from '../../server/entry/lines.ts'
import { testClock } from './clock.ts'
import type { TestClock } from './clock.ts'
import { startTestServer } from './server.ts'
import type { TestReply, TestServer } from './server.ts'

/** One obligatory question, `name`. */
const script = JSON.stringify({
  pages: [{ name: 'one', elements: [{ type: 'text', name: 'name', title: 'Name?', isRequired: true }] }],
})

export const allDay: CampaignDraft['hours'] = {
  zone: 'Europe/Rome',
  days: Object.fromEntries(
    [1, 2, 3, 4, 5, 6, 7].map((day) => [day, [{ from: '00:00', to: '24:00' }]]),
  ) as never,
}

export interface CampaignWish extends Partial<CampaignDraft> {
  contacts?: number
  contactIds?: readonly ContactId[]
  phonesEach?: number
}

export type CallFloor = Awaited<ReturnType<typeof callFloor>>
export type TestOperator = Awaited<ReturnType<CallFloor['operator']>>

/** A real server with campaigns and operators whose streams are held here, on a clock moved by hand if not another. */
export async function callFloor({
  pbx,
  clock = testClock(),
}: { pbx?: (clock: TestClock) => Pbx; clock?: TestClock } = {}) {
  const server = await startTestServer({ clock, pbx: () => pbx?.(clock) ?? null })
  const { db } = server
  const supervisor = await server.createUser('supervisor')
  let number = 0
  const settled = () => server.floor.idle()
  /** Lets time pass, with all that it sets going; sessions stay in use. */
  async function pass(ms: number): Promise<void> {
    clock.advance(ms)
    await settled()
    await db.updateTable('session').set({ started_at: clock.now(), last_seen_at: clock.now() }).execute()
  }

  async function contacts(count: number, phonesEach: number): Promise<ContactId[]> {
    const ids = Array.from({ length: count }, () => makeUuid() as ContactId).toSorted()
    if (count === 0) return ids
    const blank = { first_name: '', company: '', email: '', street: '', postcode: '', city: '', province: '' }
    await db
      .insertInto('contacts')
      .values(
        ids.map((id, index) => ({
          ...blank,
          id,
          last_name: `Contatto ${index + 1}`,
          external_id: '',
          note: '',
          birth_date: null,
          marketing_consent: null,
          custom: jsonb({}),
          import_id: null,
          created_at: clock.now(),
        })),
      )
      .execute()
    await db
      .insertInto('contact_phones')
      .values(
        ids.flatMap((contact_id) =>
          Array.from({ length: phonesEach }, (_, position) => {
            const raw = `394${String(++number).padStart(7, '0')}`
            return {
              contact_id,
              position,
              raw,
              e164: `+39${raw}`,
              kind: 'mobile' as const,
              wrong_by_attempt: null,
            }
          }),
        ),
      )
      .execute()
    return ids
  }

  const asSupervisor = async <T>(name: string, input: object): Promise<T> => {
    const reply = await server.request<T>(name, input, supervisor.token)
    if (reply.status !== 200) throw new Error(`${name}: ${JSON.stringify(reply.body)}`)
    return reply.body
  }

  async function draft(wish: Partial<CampaignDraft>): Promise<CampaignDraft> {
    const catalogue = await asSupervisor<CampaignDraft['outcomes']>('outcomes.list', {})
    return {
      code: `C${++number}`,
      description: 'A campaign',
      from: '2026-01-01',
      to: '2026-12-31',
      hours: allDay,
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
      script,
      ...wish,
    }
  }

  /** Running, with records, served by whoever is made by `operator(campaign)`. */
  async function campaign({ contacts: count = 0, contactIds, phonesEach = 1, ...wish }: CampaignWish) {
    const made = await asSupervisor<{ id: CampaignId }>('campaigns.create', { body: await draft(wish) })
    const ids = contactIds ?? (await contacts(count, phonesEach))
    await insertRecords(db, { campaign: made.id, import: null, makeId: makeUuid, now: clock.now() }, ids)
    await db.updateTable('campaigns').set({ state: 'running' }).where('id', '=', made.id).execute()
    return made.id
  }

  async function operator(...campaigns: CampaignId[]) {
    const { user, token } = await server.createUser('operator')
    for (const campaign_id of campaigns) {
      await db.insertInto('campaign_operators').values({ campaign_id, user_id: user.id }).execute()
    }
    const desk = createDesk(server, user, token, settled)
    desk.connect()
    await settled()
    return desk
  }

  return {
    ...server,
    clock,
    supervisor,
    settled,
    pass,
    draft,
    asSupervisor,
    contacts,
    campaign,
    operator,
    record: (id: RecordId) =>
      db.selectFrom('campaign_records').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    audit: (action: string, subject: string) =>
      db
        .selectFrom('audit_entry')
        .selectAll()
        .where('action', '=', action)
        .where('subject', '=', subject)
        .execute(),
    forbid: (e164: string) =>
      db.insertInto('do_not_call').values({ e164, source: 'test', added_at: clock.now() }).execute(),
    forbidden: async (numbers: readonly string[]) =>
      (
        await db
          .selectFrom('do_not_call')
          .select('e164')
          .where('e164', 'in', [...numbers])
          .execute()
      ).length,
  }
}

function createDesk(
  server: TestServer,
  user: { id: UserId; username: string },
  token: string,
  settled: () => Promise<void>,
) {
  let seat: StreamSeat | null = null
  let last: OperatorView | null = null
  const told: StreamMessage[] = []
  const view = (): OperatorView => {
    if (last === null) throw new Error('the operator was told nothing yet')
    return last
  }
  const offer = () => {
    const { work } = view()
    if (work === null) throw new Error('there is nothing on the desk')
    return work.offer
  }
  let attempt: string | null = null

  async function call<T = unknown>(name: string, input: object): Promise<TestReply<T>> {
    const params = { id: last?.work?.offer.attempt ?? attempt }
    const reply = await server.request<T>(name, { params, ...input }, token)
    await settled()
    return reply
  }
  async function must<T>(name: string, input: object): Promise<T> {
    const reply = await call<T>(name, input)
    if (reply.status !== 200) throw new Error(`${name}: ${JSON.stringify(reply.body)}`)
    return reply.body
  }

  const wrapUpBody = (outcome: string, more: Partial<WrapUp> = {}): WrapUp => {
    const now = server.clock.now()
    const phone = last?.work?.offer.contact.phones[0]?.e164 ?? ''
    return {
      outcome: outcome as OutcomeCode,
      answers: {},
      note: '',
      callbackAt: null,
      savedAt: now,
      call: { phone, startedAt: now, answeredAt: now, endedAt: now, end: 'hung-up-by-us', switchCause: null },
      ...more,
    }
  }

  return {
    user,
    token,
    told,
    call,
    view,
    offer,
    wrapUpBody,
    connect: () => {
      seat?.left()
      seat = server.hub.join({
        user: { ...user, displayName: 'Anna Verdi', role: 'operator', sessionId: user.id },
        send: (message) => {
          told.push(message)
          if (message.type !== 'operator') return
          last = message.view
          attempt = message.view.work?.offer.attempt ?? attempt
        },
        close: () => {},
      })
    },
    disconnect: () => {
      seat?.left()
      seat = null
    },
    ready: () => must('work.setState', { body: { to: 'ready' } }),
    takeBreak: (reason: BreakReason) => must('work.setState', { body: { to: 'break', reason } }),
    /** Rings the first number that is good. */
    start: () =>
      must<{ dial: string }>('work.start', {
        body: { phone: offer().contact.phones.find((p) => !p.wrong)?.e164 },
      }),
    progress: (what: 'answered' | 'ended') =>
      must('work.progress', { body: { what, at: server.clock.now() } }),
    wrapUp: (outcome: string, more?: Partial<WrapUp>) =>
      must('work.wrapUp', { params: { id: attempt }, body: wrapUpBody(outcome, more) }),
    tryWrapUp: (outcome: string, more?: Partial<WrapUp>) =>
      call('work.wrapUp', { params: { id: attempt }, body: wrapUpBody(outcome, more) }),
  }
}
