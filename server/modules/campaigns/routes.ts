import type { AuditAction } from '../../../shared/crm-api/audit.ts'
import type { campaigns, CampaignDraft } from '../../../shared/crm-api/campaigns.ts'
import { moveCampaign } from '../../../shared/domain/campaign/campaign.ts'
import { checkHours } from '../../../shared/domain/campaign/calling-hours.ts'
import type { LawProfile } from '../../../shared/domain/campaign/law.ts'
import type { Clock } from '../../../shared/std/clock.ts'
import { AppError } from '../../../shared/std/errors.ts'
import type { CampaignId, ImportId, MakeId } from '../../../shared/std/ids.ts'
import type { Handlers, RequestContext } from '../../http/handlers.ts'
import type { AuditLog } from '../audit/rules.ts'
import { askedBy } from '../audit/rules.ts'
import { check } from './check.ts'
import { addRecords, listRecords } from './records.ts'
import type { CampaignRow, Db } from './repository.ts'
import {
  findCampaign,
  insertCampaign,
  listCampaigns,
  lockCampaign,
  operatorsOf,
  toDraft,
  updateCampaign,
} from './repository.ts'
import { forbiddenChanges, outcomesClash } from './rules.ts'
import type { ScriptExample } from './rules.ts'

export interface CampaignPorts {
  db: Db
  clock: Clock
  makeId: MakeId
  audit: AuditLog
  law: LawProfile
  scriptExamples: () => Promise<readonly ScriptExample[]>
  /** Told after the transaction: what a change means for the operators at work. */
  work: { recordsChanged(): Promise<void>; withdrawOffers(campaign: CampaignId): Promise<void> }
}

export function campaignsModule(ports: CampaignPorts): Handlers<typeof campaigns> {
  const { db, makeId, audit, law } = ports

  const note = (tx: Db, context: RequestContext, action: AuditAction, id: string, details = {}) =>
    audit.add(tx, { ...askedBy(context), action, subject: id, details })

  return {
    list: () => listCampaigns(db),
    get: ({ params }) => findCampaign(db, params.id as CampaignId),

    create: async ({ body }, context) => {
      refuseNonsense(body)
      const id = makeId() as CampaignId
      await db.transaction().execute(async (tx) => {
        await insertCampaign(tx, id, body, context.now)
        await note(tx, context, 'campaign.created', id, { code: body.code })
      })
      return findCampaign(db, id)
    },

    save: async ({ params, body }, context) => {
      refuseNonsense(body.draft)
      const id = params.id as CampaignId
      const state = await db.transaction().execute(async (tx) => {
        const row = await lockCampaign(tx, id)
        if (row.version !== body.version) {
          throw new AppError('conflict', 'somebody has saved this campaign meanwhile', {
            details: { field: 'version', version: row.version },
          })
        }
        const operators = await operatorsOf(tx, id)
        const fields = forbiddenChanges(row.state, toDraft(row, operators), body.draft)
        if (fields.length > 0) {
          throw new AppError('not-in-this-state', 'this may not be changed any more', { details: { fields } })
        }
        await updateCampaign(tx, id, body.draft, context.now)
        if (row.state !== 'draft') refuseIncomplete(await findCampaign(tx, id), law, context, row)
        await note(tx, context, 'campaign.saved', id, { version: row.version + 1 })
        return row.state
      })
      // Offers were made under the old rules; whoever is still enabled gets the record again at once.
      if (state === 'running') await ports.work.withdrawOffers(id)
      return findCampaign(db, id)
    },

    check: async ({ params }, context) =>
      check(await findCampaign(db, params.id as CampaignId), law, context.now),

    command: async ({ params, body }, context) => {
      const id = params.id as CampaignId
      await db.transaction().execute(async (tx) => {
        const row = await lockCampaign(tx, id)
        const state = moveCampaign(row.state, body.command)
        if (state === null) {
          throw new AppError('not-in-this-state', `a campaign that is ${row.state} cannot do that`)
        }
        if (state === 'running') refuseIncomplete(await findCampaign(tx, id), law, context, row)
        await tx
          .updateTable('campaigns')
          .set({ state, updated_at: context.now })
          .where('id', '=', id)
          .execute()
        await note(tx, context, `campaign.${pastOf[body.command]}`, id, { code: row.code })
      })
      if (body.command === 'suspend' || body.command === 'close') await ports.work.withdrawOffers(id)
      else await ports.work.recordsChanged()
      return findCampaign(db, id)
    },

    addRecords: async ({ params, body }, context) => {
      const id = params.id as CampaignId
      const counts = await db.transaction().execute(async (tx) => {
        const row = await lockCampaign(tx, id)
        if (row.state === 'closed') throw new AppError('not-in-this-state', 'the campaign is closed')
        await refuseUnfinished(tx, body.import)
        const wish = { campaign: id, import: body.import, makeId, now: context.now }
        const added = await addRecords(tx, wish)
        await note(tx, context, 'campaign.records-added', id, { import: body.import, ...added })
        return added
      })
      await ports.work.recordsChanged()
      return counts
    },

    records: ({ params, query }) => listRecords(db, params.id as CampaignId, query),

    remove: async ({ params }, context) => {
      const id = params.id as CampaignId
      await db.transaction().execute(async (tx) => {
        const row = await lockCampaign(tx, id)
        if (row.state !== 'draft') throw new AppError('not-in-this-state', 'only a draft can be deleted')
        await tx.deleteFrom('campaign_records').where('campaign_id', '=', id).execute()
        await tx.deleteFrom('campaigns').where('id', '=', id).execute()
        await note(tx, context, 'campaign.removed', id, { code: row.code })
      })
      return {}
    },

    scriptExamples: async () => [...(await ports.scriptExamples())],
  }
}

const pastOf = { launch: 'launched', suspend: 'suspended', resume: 'resumed', close: 'closed' } as const

/** What no draft may contain; everything else may be incomplete until the launch. */
function refuseNonsense(draft: CampaignDraft): void {
  if (draft.to < draft.from) throw new AppError('invalid-input', 'the end is before the beginning')
  if (outcomesClash(draft.outcomes)) throw new AppError('invalid-input', 'a code or a key is used twice')
  if (checkHours(draft.hours).some(({ code }) => code === 'no-such-zone')) {
    throw new AppError('invalid-input', 'no such time zone')
  }
}

function refuseIncomplete(
  campaign: Parameters<typeof check>[0],
  law: LawProfile,
  context: RequestContext,
  before: CampaignRow,
): void {
  const result = check(campaign, law, context.now)
  // A campaign at work whose last day has passed may still be saved, for example to move that day.
  const problems =
    before.state === 'draft' ? result.problems : result.problems.filter((p) => p !== 'dates-over')
  if (problems.length === 0) return
  throw new AppError('campaign-incomplete', 'the campaign is not complete', {
    details: { problems, scriptProblems: result.scriptProblems },
  })
}

async function refuseUnfinished(tx: Db, id: ImportId): Promise<void> {
  const row = await tx.selectFrom('imports').select('state').where('id', '=', id).executeTakeFirst()
  if (!row) throw new AppError('not-found', 'no such import')
  if (row.state !== 'done') throw new AppError('not-in-this-state', 'the import is not done')
}
