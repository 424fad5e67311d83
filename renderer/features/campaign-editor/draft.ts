import type { Campaign, CampaignDraft } from '../../../shared/crm-api/campaigns.ts'
import {
  CampaignDraft as DraftSchema,
  DialPrefix,
  DialString,
  InboundSettings,
  lineDefaults,
} from '../../../shared/crm-api/campaigns.ts'
import { checkHours, usualHours, type Weekday } from '../../../shared/domain/campaign/calling-hours.ts'
import type { CampaignState, LaunchProblem } from '../../../shared/domain/campaign/campaign.ts'

export const sections = [
  'general',
  'line',
  'hours',
  'outcomes',
  'script',
  'operators',
  'records',
  'launch',
] as const
export type Section = (typeof sections)[number]

/** Which fields of the draft a section edits; the last two edit none. */
export const sectionFields: Readonly<Record<Section, readonly (keyof CampaignDraft)[]>> = {
  general: [
    'code',
    'description',
    'from',
    'to',
    'priority',
    'maxAttempts',
    'wrapUpSeconds',
    'callbackGraceMinutes',
  ],
  line: ['workMode', 'line', 'callerId', 'lcrPrefix', 'inbound', 'recording', 'supervision'],
  hours: ['hours'],
  outcomes: ['outcomes'],
  script: ['script'],
  operators: ['operators'],
  records: [],
  launch: [],
}

/** Where the person goes to mend what stops the launch. */
export const sectionOfProblem: Readonly<Record<LaunchProblem, Section>> = {
  'no-records': 'records',
  'no-operators': 'operators',
  'no-outcomes': 'outcomes',
  'no-closing-outcome': 'outcomes',
  'no-calling-hours': 'hours',
  'dates-over': 'general',
  'line-cannot-dial': 'line',
  'script-empty': 'script',
  'script-invalid': 'script',
}

/** What a new campaign starts with. `today` and `to` are ISO dates. */
export const newDraft = (today: string, to: string): CampaignDraft => ({
  code: '',
  description: '',
  from: today,
  to,
  hours: {
    zone: usualHours.zone,
    days: Object.fromEntries(
      Object.entries(usualHours.days).map(([day, windows]) => [day, [...windows]]),
    ) as unknown as CampaignDraft['hours']['days'],
  },
  workMode: 'preview',
  line: 'simulated',
  ...lineDefaults,
  priority: 5,
  maxAttempts: 6,
  wrapUpSeconds: 30,
  callbackGraceMinutes: 30,
  outcomes: [],
  operators: [],
  script: '',
})

/** The part of a campaign that is edited. */
export const draftOf = (campaign: Campaign): CampaignDraft =>
  Object.fromEntries(
    Object.keys(DraftSchema.shape).map((key) => [key, campaign[key as keyof CampaignDraft]]),
  ) as unknown as CampaignDraft

const same = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right)

/** The sections that differ from what is saved. */
export const changedSections = (draft: CampaignDraft, saved: CampaignDraft): readonly Section[] =>
  sections.filter((section) => sectionFields[section].some((key) => !same(draft[key], saved[key])))

export type FieldProblem =
  | 'missing'
  | 'too-long'
  | 'end-before-start'
  | 'bad-window'
  | 'overlapping-windows'
  | 'bad-number'
  | 'bad-prefix'

/** What would be refused by the server, by field; hours by weekday as `hours.1`. */
export function draftProblems(draft: CampaignDraft): ReadonlyMap<string, FieldProblem> {
  const found = new Map<string, FieldProblem>()
  if (draft.code.trim() === '') found.set('code', 'missing')
  if (draft.code.trim().length > 20) found.set('code', 'too-long')
  if (draft.description.trim() === '') found.set('description', 'missing')
  if (draft.description.trim().length > 120) found.set('description', 'too-long')
  if (draft.to < draft.from) found.set('to', 'end-before-start')
  if (!DialString.safeParse(draft.callerId).success) found.set('callerId', 'bad-number')
  if (!DialPrefix.safeParse(draft.lcrPrefix).success) found.set('lcrPrefix', 'bad-prefix')
  if (!InboundSettings.safeParse(draft.inbound).success) found.set('inbound', 'bad-number')
  for (const problem of checkHours(draft.hours)) {
    if ('day' in problem) found.set(`hours.${problem.day}`, problem.code)
  }
  return found
}

export const sectionsInTrouble = (problems: ReadonlyMap<string, FieldProblem>): readonly Section[] =>
  sections.filter((section) =>
    [...problems.keys()].some((key) => sectionFields[section].some((field) => key.split('.')[0] === field)),
  )

/** Once launched, what was promised to the people called stays as it was. */
export const isFixed = (state: CampaignState, field: keyof CampaignDraft): boolean => {
  if (state === 'draft') return false
  if (state === 'closed') return true
  return field === 'code' || field === 'from' || field === 'line' || field === 'workMode'
}

/** A number as the network takes it: what people put between the digits is left out. */
export const bareNumber = (text: string): string => text.replaceAll(/[\s./()-]/g, '')

/** One number a line, or with commas between. */
export const numbersIn = (text: string): string[] =>
  text
    .split(/[\n,;]/)
    .map(bareNumber)
    .filter(Boolean)

/** The windows of one weekday on all days of `days`. */
export function copyDay(
  hours: CampaignDraft['hours'],
  from: Weekday,
  days: readonly Weekday[],
): CampaignDraft['hours'] {
  const copied = Object.fromEntries(
    Object.entries(hours.days).map(([day, windows]) => [
      day,
      days.includes(Number(day) as Weekday) ? hours.days[from].map((window) => ({ ...window })) : windows,
    ]),
  )
  return { ...hours, days: copied as unknown as CampaignDraft['hours']['days'] }
}

type Outcomes = CampaignDraft['outcomes']

/** The lowest key that no outcome has; null when all nine are taken. */
export const freeKey = (outcomes: Outcomes): number | null =>
  [1, 2, 3, 4, 5, 6, 7, 8, 9].find((key) => outcomes.every((outcome) => outcome.key !== key)) ?? null

/** Moves an outcome to another key; whoever has that key takes the one that is left. */
export function moveToKey(outcomes: Outcomes, code: string, key: number): Outcomes {
  const moved = outcomes.find((outcome) => outcome.code === code)
  if (!moved || key < 1 || key > 9) return outcomes
  return outcomes
    .map((outcome) => {
      if (outcome.code === code) return { ...outcome, key }
      return outcome.key === key ? { ...outcome, key: moved.key } : outcome
    })
    .toSorted((a, b) => a.key - b.key)
}
