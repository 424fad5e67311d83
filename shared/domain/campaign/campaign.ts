/** A campaign's own life. Only `running` campaigns are offered to operators. */
export const campaignStates = ['draft', 'running', 'suspended', 'closed'] as const
export type CampaignState = (typeof campaignStates)[number]
export type CampaignCommand = 'launch' | 'suspend' | 'resume' | 'close'

const moves: Record<CampaignState, Partial<Record<CampaignCommand, CampaignState>>> = {
  draft: { launch: 'running', close: 'closed' },
  running: { suspend: 'suspended', close: 'closed' },
  suspended: { resume: 'running', close: 'closed' },
  closed: {},
}

/** The state after the command, or null where the command makes no sense. */
export const moveCampaign = (state: CampaignState, command: CampaignCommand): CampaignState | null =>
  moves[state][command] ?? null

export const campaignCommands = (state: CampaignState): readonly CampaignCommand[] =>
  Object.keys(moves[state]) as CampaignCommand[]

/** What stops a launch, in words for the page (campaigns.problems.*). */
export const launchProblems = [
  'no-records',
  'no-operators',
  'no-outcomes',
  'no-closing-outcome',
  'no-calling-hours',
  'dates-over',
  /** The server dials by itself on real lines only; the simulated one is the operator's own. */
  'line-cannot-dial',
  'script-empty',
  'script-invalid',
] as const
export type LaunchProblem = (typeof launchProblems)[number]

export interface LaunchFacts {
  records: number
  /** Calls come in for it: it has work without a list. */
  takesCalls: boolean
  operators: number
  outcomeEffects: readonly string[]
  callingHours: number
  endsBeforeToday: boolean
  /** Progressive on a line that the server cannot dial on. */
  lineCannotDial: boolean
  script: 'empty' | 'invalid' | 'valid'
}

/** Checks a campaign before its launch (CP-03): complete means that an operator can start to work at once. */
export function checkLaunch(facts: LaunchFacts): readonly LaunchProblem[] {
  const problems: LaunchProblem[] = []
  if (facts.records === 0 && !facts.takesCalls) problems.push('no-records')
  if (facts.operators === 0) problems.push('no-operators')
  if (facts.outcomeEffects.length === 0) problems.push('no-outcomes')
  else if (!facts.outcomeEffects.some((effect) => effect.startsWith('close-')))
    problems.push('no-closing-outcome')
  if (facts.callingHours === 0) problems.push('no-calling-hours')
  if (facts.endsBeforeToday) problems.push('dates-over')
  if (facts.lineCannotDial) problems.push('line-cannot-dial')
  if (facts.script === 'empty') problems.push('script-empty')
  if (facts.script === 'invalid') problems.push('script-invalid')
  return problems
}
