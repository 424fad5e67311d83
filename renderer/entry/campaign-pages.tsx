import { useMemo } from 'react'
import type { Draft } from '../../shared/contract/call.ts'
import type { Offer } from '../../shared/crm-api/work.ts'
import { offerLineDefaults } from '../../shared/crm-api/work.ts'
import type { AttemptId, CampaignId, ContactId, RecordId } from '../../shared/std/ids.ts'
import { useView } from '../client/desktop.ts'
import { pageClock } from '../client/page-clock.ts'
import { useRoute } from '../client/route.ts'
import { CampaignEditorPage, type ScriptPreviewProps } from '../features/campaign-editor/editor-page.tsx'
import { CampaignsPage } from '../features/campaigns/campaigns-page.tsx'
import { createDraftStore } from '../features/workspace/draft-store.ts'
import { ScriptZone } from '../features/workspace/script/script-zone.tsx'

/** The list, or one campaign: `campaigns`, `campaigns/<id or new>/<section>`. */
export function CampaignPages() {
  return useRoute().rest.length === 0 ? (
    <CampaignsPage />
  ) : (
    <CampaignEditorPage ScriptPreview={ScriptPreview} />
  )
}

const emptyDraft: Draft = { answers: {}, note: '', page: null, outcome: null, callbackText: '' }
const noProblems: ReadonlyMap<string, string> = new Map()

/** The operator's own script zone, with a contact that exists nowhere: what is typed here goes nowhere. */
function ScriptPreview({ script, campaign }: ScriptPreviewProps) {
  const { code, description } = campaign
  const session = useView('session.current')
  const drafts = useMemo(
    () => createDraftStore({ initial: emptyDraft, save: () => Promise.resolve(), clock: pageClock }),
    [],
  )
  const offer = useMemo(() => sampleOffer(script, code, description), [script, code, description])
  return (
    <ScriptZone
      offer={offer}
      drafts={drafts}
      operatorName={session?.status === 'signed-in' ? session.user.displayName : ''}
      problems={noProblems}
      isOver={false}
    />
  )
}

const sampleOffer = (script: string, code: string, description: string): Offer => ({
  attempt: 'preview' as AttemptId,
  offeredAt: 0,
  campaign: {
    id: 'preview' as CampaignId,
    code,
    description,
    workMode: 'preview',
    line: 'simulated',
    ...offerLineDefaults,
    zone: 'Europe/Rome',
    wrapUpSeconds: 30,
    callbackGraceMinutes: 30,
    outcomes: [],
    script,
  },
  record: { id: 'preview' as RecordId, kind: 'new', dueAt: null, attempts: 0, maxAttempts: 1 },
  contact: {
    id: 'preview' as ContactId,
    firstName: 'Maria',
    lastName: 'Esposito',
    company: 'Esposito Arredi',
    phones: [],
    email: 'maria.esposito@example.it',
    street: 'Via Roma 12',
    postcode: '80133',
    city: 'Napoli',
    province: 'NA',
    birthDate: null,
    marketingConsent: true,
    externalId: '1042',
    note: '',
    custom: {},
  },
  history: [],
  caller: null,
})
