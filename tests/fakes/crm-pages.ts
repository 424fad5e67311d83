import type { z } from 'zod'
import type { Campaign, CampaignSummary, LaunchCheck } from '../../shared/crm-api/campaigns.ts'
import { crmApi } from '../../shared/crm-api/index.ts'
import type { ImportJob } from '../../shared/crm-api/imports.ts'
import type { PhoneSetup } from '../../shared/crm-api/phone.ts'
import type { Route, RouteInput, RouteReply } from '../../shared/crm-api/resource.ts'
import type { User } from '../../shared/crm-api/users.ts'
import { checkLaunch, moveCampaign } from '../../shared/domain/campaign/campaign.ts'
import { checkDocument } from '../../shared/domain/script/document.ts'
import type { Clock } from '../../shared/std/clock.ts'
import { AppError } from '../../shared/std/errors.ts'
import type { CampaignId, ImportId, UserId } from '../../shared/std/ids.ts'
import { noRecords } from './crm-board.ts'
import { fakeRecordings } from './recordings.ts'
import {
  auditAt,
  campaignsAt,
  catalogue,
  importPreview,
  jobsAt,
  recordRows,
  rejectedRows,
  scriptExamples,
  sessionsAt,
  usersAt,
} from './crm-pages-data.ts'

type Pages = Pick<
  typeof crmApi,
  'campaigns' | 'imports' | 'outcomes' | 'users' | 'phone' | 'audit' | 'sessions' | 'recordings'
>
type Answers = {
  [R in keyof Pages]?: {
    [K in keyof Pages[R]]?: (input: RouteInput<Pages[R][K]>) => RouteReply<Pages[R][K]>
  }
}

const found = <T>(value: T | undefined): T => {
  if (value === undefined) throw new AppError('not-found', 'no such thing')
  return value
}

/** One page of a list; `after` is the place of the last item given. */
function pageOf<T>(items: readonly T[], after: string | undefined, limit: number) {
  const from = after === undefined ? 0 : Number(after)
  const next = from + limit
  return {
    items: items.slice(from, next),
    next: next < items.length ? String(next) : null,
    total: items.length,
  }
}

/** The CRM behind the pages of supervisors and administrators, in memory: what is changed stays changed. */
export function crmPages(ports: { clock: Clock; empty?: boolean }) {
  const now = () => ports.clock.now()
  let campaigns: Campaign[] = ports.empty ? [] : campaignsAt(now())
  let jobs = ports.empty ? [] : jobsAt(now())
  let people: User[] = usersAt(now())
  let sessions = sessionsAt(now())
  const phones = new Map<string, PhoneSetup>([['o1', { deskPhone: 'desk-12', dialPrefix: '' }]])
  const outcomes = [...catalogue]
  const records = recordRows(now())
  let made = 0

  const campaign = (id: string) => found(campaigns.find((one) => one.id === id))
  const put = (changed: Campaign): Campaign => {
    const next = { ...changed, version: changed.version + 1, updatedAt: now() }
    campaigns = campaigns.map((one) => (one.id === next.id ? next : one))
    return next
  }
  const summary = (one: Campaign): z.infer<typeof CampaignSummary> => ({
    ...one,
    operators: one.operators.length,
  })
  const check = (one: Campaign): z.infer<typeof LaunchCheck> => {
    const read = () => {
      try {
        return checkDocument(JSON.parse(one.script))
      } catch {
        return { ok: false as const, problems: [] }
      }
    }
    const checked = one.script === '' ? null : read()
    const problems = checkLaunch({
      records: one.records.total,
      takesCalls: one.line === 'pbx' && one.inbound.numbers.length > 0,
      operators: one.operators.length,
      outcomeEffects: one.outcomes.map(({ effect }) => effect),
      callingHours: Object.values(one.hours.days).flat().length,
      endsBeforeToday: one.to < new Date(now()).toISOString().slice(0, 10),
      lineCannotDial: one.workMode === 'progressive' && one.line !== 'pbx',
      script: checked === null ? 'empty' : checked.ok ? 'valid' : 'invalid',
    })
    const opens = Date.parse(`${one.from}T08:00:00Z`)
    return {
      problems: [...problems],
      firstCallAt: opens > now() ? opens : now(),
      blockedNow: opens > now() ? 'before-start' : null,
      scriptProblems:
        checked && !checked.ok ? checked.problems.map(({ path, code }) => ({ path, code })) : [],
    }
  }
  const job = (id: string) => found(jobs.find((one) => one.id === id))
  const putJob = (changed: z.infer<typeof ImportJob>) => {
    jobs = jobs.map((one) => (one.id === changed.id ? changed : one))
    return changed
  }
  /** Each look at a running import finds it a third further. */
  const advance = (one: z.infer<typeof ImportJob>) => {
    if (one.state !== 'running') return one
    const read = Math.min(one.rowCount, one.counts.read + Math.ceil(one.rowCount / 3))
    const counts = {
      read,
      loaded: Math.round(read * 0.969),
      duplicates: Math.round(read * 0.0221),
      rejected: read - Math.round(read * 0.969) - Math.round(read * 0.0221),
    }
    const isDone = read === one.rowCount
    return putJob({
      ...one,
      counts,
      state: isDone ? 'done' : 'running',
      undoable: isDone,
      finishedAt: isDone ? now() : null,
    })
  }
  const givePassword = (user: User) => {
    people = [...people.filter(({ id }) => id !== user.id), { ...user, mustChangePassword: true }]
    return { user, password: 'wq7m-x2kd-95ht-bn3e' }
  }
  const user = (id: string) => found(people.find((one) => one.id === id))

  const answers: Answers = {
    campaigns: {
      list: () => campaigns.map(summary),
      get: ({ params }) => campaign(params.id),
      create: ({ body }) => {
        const id = `k-new-${++made}` as CampaignId
        const fresh: Campaign = {
          ...body,
          id,
          state: 'draft',
          version: 1,
          records: noRecords,
          updatedAt: now(),
        }
        campaigns = [...campaigns, fresh]
        return fresh
      },
      save: ({ params, body }) => {
        const before = campaign(params.id)
        if (before.version !== body.version) throw new AppError('conflict', 'another version')
        return put({ ...before, ...body.draft })
      },
      check: ({ params }) => check(campaign(params.id)),
      command: ({ params, body }) => {
        const before = campaign(params.id)
        const state = moveCampaign(before.state, body.command)
        if (state === null) throw new AppError('not-in-this-state', 'makes no sense')
        return put({ ...before, state })
      },
      addRecords: ({ params, body }) => {
        const before = campaign(params.id)
        const added = job(body.import).counts.loaded
        const total = before.records.total + added
        put({ ...before, records: { ...before.records, new: before.records.new + added, total } })
        return { added, alreadyIn: 12 }
      },
      records: ({ query }) =>
        pageOf(
          records.filter(({ status }) => query.status === undefined || status === query.status),
          query.after,
          query.limit,
        ),
      remove: ({ params }) => {
        campaigns = campaigns.filter(({ id }) => id !== params.id)
        return {}
      },
      scriptExamples: () => scriptExamples,
    },
    imports: {
      preview: ({ body }) => {
        const first = importPreview('lista_napoli_novembre.csv', 3_104_000)
        return { ...first, format: body.format, mapping: body.mapping ?? first.mapping }
      },
      start: ({ body }) => {
        const started = {
          ...jobsAt(now())[0]!,
          id: `i-new-${++made}` as ImportId,
          fileName: 'lista_napoli_novembre.csv',
          createdAt: now(),
          finishedAt: null,
          rowCount: 18_204,
          counts: { read: 0, loaded: 0, duplicates: 0, rejected: 0 },
          state: 'running' as const,
          undoable: false,
          campaign: body.campaign,
        }
        jobs = [started, ...jobs]
        return started
      },
      list: () => jobs,
      get: ({ params }) => advance(job(params.id)),
      rejected: () => [...rejectedRows],
      undo: ({ params }) => putJob({ ...job(params.id), state: 'undone', undoable: false }),
    },
    outcomes: {
      list: () => outcomes,
      save: ({ body }) => {
        outcomes.push(body)
        return body
      },
    },
    recordings: fakeRecordings({ now, empty: ports.empty ?? false }),
    users: {
      list: () => people,
      create: ({ body }) => {
        if (people.some(({ username }) => username === body.username)) {
          throw new AppError('conflict', 'the name is taken')
        }
        return givePassword({
          ...body,
          id: `u-new-${++made}` as UserId,
          active: true,
          mustChangePassword: true,
          lockedUntil: null,
          lastSignInAt: null,
        })
      },
      change: ({ params, body }) => {
        const changed = { ...user(params.id), ...body }
        people = people.map((one) => (one.id === changed.id ? changed : one))
        return changed
      },
      resetPassword: ({ params }) => givePassword(user(params.id)),
      unlock: ({ params }) => {
        const opened = { ...user(params.id), lockedUntil: null }
        people = people.map((one) => (one.id === opened.id ? opened : one))
        return {}
      },
    },
    phone: {
      setup: ({ params }) => phones.get(user(params.id).id) ?? { deskPhone: '', dialPrefix: '' },
      setUp: ({ params, body }) => {
        phones.set(user(params.id).id, body)
        return body
      },
    },
    audit: {
      list: ({ query }) =>
        pageOf(
          auditAt(now()).filter(
            ({ action, username }) =>
              (query.action === undefined || action === query.action) &&
              (query.username === undefined || username === query.username),
          ),
          query.after,
          query.limit,
        ),
    },
    sessions: {
      list: () => sessions,
      revoke: ({ params }) => {
        sessions = sessions.filter(({ id }) => id !== params.id)
        return {}
      },
    },
  }

  return {
    /** What a colleague does meanwhile: the next save of an older version is a conflict. */
    colleagueSaves: (id: string) => put({ ...campaign(id), priority: 9 }),
    /** As main does it: a name that the map lacks is refused. Answers take a moment, as from a network. */
    request: async (name: string, input: unknown): Promise<unknown> => {
      const [resource = '', route = ''] = name.split('.')
      const known = (crmApi as Record<string, Record<string, Route>>)[resource]?.[route]
      const answer = (answers as Record<string, Record<string, (given: unknown) => unknown>>)[resource]?.[
        route
      ]
      if (!known || !answer) throw new AppError('unknown-method', `no ${name} here`)
      await new Promise<void>((resolve) => void ports.clock.after(60, resolve))
      return structuredClone(answer(input))
    },
  }
}
