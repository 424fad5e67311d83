import { DateTime } from 'luxon'
import type { z } from 'zod'
import type { Campaign, CampaignDraft, LaunchCheck } from '../../../shared/crm-api/campaigns.ts'
import { checkLaunch } from '../../../shared/domain/campaign/campaign.ts'
import { checkHours } from '../../../shared/domain/campaign/calling-hours.ts'
import type { LawProfile } from '../../../shared/domain/campaign/law.ts'
import { nextAllowed } from '../../../shared/domain/campaign/law.ts'
import { checkDocument } from '../../../shared/domain/script/document.ts'
import type { Instant } from '../../../shared/std/clock.ts'
import { freshNumber, isOpenNow } from './rules.ts'

type Check = z.infer<typeof LaunchCheck>

/** What stops the launch, and what the supervisor should know though it does not. */
export function check(campaign: Campaign, law: LawProfile, now: Instant): Check {
  const hours = checkHours(campaign.hours)
  const scriptProblems = problemsOf(campaign.script)
  const script = campaign.script.trim() === '' ? 'empty' : scriptProblems.length > 0 ? 'invalid' : 'valid'
  const isZoneKnown = !hours.some(({ code }) => code === 'no-such-zone')
  const permission = isZoneKnown ? isOpenNow(campaign, law, now) : null
  return {
    problems: [
      ...checkLaunch({
        records: campaign.records.total,
        takesCalls: campaign.line === 'pbx' && campaign.inbound.numbers.length > 0,
        operators: campaign.operators.length,
        outcomeEffects: campaign.outcomes.map(({ effect }) => effect),
        callingHours: hours.length > 0 ? 0 : 1,
        endsBeforeToday: isZoneKnown && campaign.to < today(campaign, now),
        lineCannotDial: campaign.workMode === 'progressive' && campaign.line !== 'pbx',
        script,
      }),
    ],
    firstCallAt: isZoneKnown ? nextAllowed(freshNumber(campaign, law, now)) : null,
    blockedNow: permission !== null && !permission.allowed ? permission.reason : null,
    scriptProblems,
  }
}

const today = (campaign: CampaignDraft, now: Instant) =>
  DateTime.fromMillis(now, { zone: campaign.hours.zone }).toFormat('yyyy-MM-dd')

function problemsOf(script: string): Check['scriptProblems'] {
  if (script.trim() === '') return []
  let json: unknown
  try {
    json = JSON.parse(script)
  } catch {
    return [{ path: '', code: 'not-json' }]
  }
  const checked = checkDocument(json)
  return checked.ok ? [] : checked.problems.map(({ path, code }) => ({ path, code }))
}
