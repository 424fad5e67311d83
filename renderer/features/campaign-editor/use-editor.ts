import { useCallback, useEffect, useMemo, useState } from 'react'
import type { Campaign, CampaignDraft } from '../../../shared/crm-api/campaigns.ts'
import type { CampaignCommand } from '../../../shared/domain/campaign/campaign.ts'
import { useAction, useCrm, type Action, type Loaded } from '../../client/crm.ts'
import { pageClock } from '../../client/page-clock.ts'
import {
  changedSections,
  draftOf,
  draftProblems,
  newDraft,
  type FieldProblem,
  type Section,
} from './draft.ts'

const day = 24 * 3_600_000
const isoDate = (at: number) => {
  const date = new Date(at)
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-')
}

export interface Editor {
  /** Null for a campaign that was never saved. */
  campaign: Campaign | null
  draft: CampaignDraft
  change: (change: Partial<CampaignDraft>) => void
  changed: readonly Section[]
  problems: ReadonlyMap<string, FieldProblem>
  /** Problems are shown from the first try to save on. */
  showProblems: boolean
  /** Resolves to what was saved, or to null where it was not. */
  save: () => Promise<Campaign | null>
  savedAt: number | null
  command: (command: CampaignCommand) => Promise<boolean>
  remove: () => Promise<boolean>
  /** What a colleague saved meanwhile. */
  conflict: Campaign | null
  takeTheirs: () => void
  keepMine: () => void
  action: Action
  refresh: () => void
}

/** The draft of one campaign, from reading to saving; undefined until it is read. */
export function useEditor(id: string): { editor: Editor | undefined; loading: Loaded<Campaign | null> } {
  const isNew = id === 'new'
  const loading = useCrm(`campaign ${id}`, (crm) =>
    isNew ? Promise.resolve(null) : crm.campaigns.get({ params: { id } }),
  )
  const action = useAction()
  const [campaign, setCampaign] = useState<Campaign | null>(null)
  const [draft, setDraft] = useState<CampaignDraft>()
  const [blank] = useState(() => newDraft(isoDate(pageClock.now()), isoDate(pageClock.now() + 30 * day)))
  const [conflict, setConflict] = useState<Campaign | null>(null)
  const [showProblems, setShowProblems] = useState(false)
  const [savedAt, setSavedAt] = useState<number | null>(null)

  const { value } = loading
  useEffect(() => {
    if (value === undefined) return
    setCampaign((known) =>
      known !== null && value !== null && known.version > value.version ? known : value,
    )
    // what is being edited stays; a reload brings news of records and state only
    setDraft((edited) => edited ?? (value === null ? blank : draftOf(value)))
  }, [value, blank])

  const take = useCallback((fresh: Campaign) => {
    setCampaign(fresh)
    setDraft(draftOf(fresh))
    setConflict(null)
    setShowProblems(false)
  }, [])

  const saved = useMemo(() => (campaign ? draftOf(campaign) : blank), [campaign, blank])
  const changed = useMemo(() => (draft ? changedSections(draft, saved) : []), [draft, saved])
  const problems = useMemo(() => (draft ? draftProblems(draft) : new Map<string, FieldProblem>()), [draft])

  if (draft === undefined) return { editor: undefined, loading }

  const save = async (): Promise<Campaign | null> => {
    setShowProblems(true)
    if (problems.size > 0) return null
    const fresh = await action.run('save', async (crm) => {
      if (campaign === null) return crm.campaigns.create({ body: draft })
      const params = { id: campaign.id }
      return crm.campaigns
        .save({ params, body: { version: campaign.version, draft } })
        .catch(async (error: unknown) => {
          const theirs = await crm.campaigns.get({ params })
          if (theirs.version === campaign.version) throw error
          setConflict(theirs)
          return null
        })
    })
    if (!fresh) return null
    take(fresh)
    setSavedAt(pageClock.now())
    return fresh
  }

  return {
    loading,
    editor: {
      campaign,
      draft,
      change: (change) => setDraft({ ...draft, ...change }),
      changed,
      problems,
      showProblems,
      save,
      savedAt,
      command: async (command) => {
        if (campaign === null) return false
        const fresh = await action.run(command, (crm) =>
          crm.campaigns.command({ params: { id: campaign.id }, body: { command } }),
        )
        if (fresh) setCampaign(fresh)
        return fresh !== undefined
      },
      remove: async () => {
        if (campaign === null) return true
        const done = await action.run('remove', (crm) =>
          crm.campaigns.remove({ params: { id: campaign.id } }),
        )
        return done !== undefined
      },
      conflict,
      takeTheirs: () => conflict && take(conflict),
      keepMine: () => {
        // the next save is based on what was just read, so it overwrites knowingly
        if (conflict) setCampaign(conflict)
        setConflict(null)
      },
      action,
      refresh: loading.reload,
    },
  }
}
