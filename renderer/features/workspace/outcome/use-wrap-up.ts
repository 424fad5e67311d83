import { useRef, useState } from 'react'
import type { Work } from '../../../../shared/contract/call.ts'
import type { CampaignOutcome } from '../../../../shared/domain/campaign/outcomes.ts'
import type { Answers } from '../../../../shared/domain/script/types.ts'
import type { Instant } from '../../../../shared/std/clock.ts'
import type { ErrorCode } from '../../../../shared/std/errors.ts'
import { useClient } from '../../../client/desktop.ts'
import { errorCode } from '../../../client/error-code.ts'
import { pageClock } from '../../../client/page-clock.ts'
import type { DraftStore } from '../draft-store.ts'
import { answersProblems, type LocatedProblem } from './answers-problems.ts'

export interface WrapUp {
  /** the outcome that is being saved */
  saving: string | null
  problem: ErrorCode | null
  missing: readonly LocatedProblem[]
  /** Hangs up where needed, saves, and the next record comes. A callback needs its instant. */
  save: (outcome: CampaignOutcome, callbackAt: Instant | null) => void
  /** Chosen, not yet saved: a callback waiting for its date. */
  choose: (outcome: CampaignOutcome) => void
}

/** "Saved" is there sooner, most times: drawing the zone twice would keep the answer waiting for 10 ms. */
const drawnAfterMs = 100

const nothingMissing: readonly LocatedProblem[] = []

/** One wrap-up has one key, whoever repeats it: the attempt and the beginning of its present phase. */
const keyOf = ({ attempt, call }: Work): string => {
  const phase = call?.phase
  return `${attempt}:${phase && 'since' in phase ? phase.since : (call?.startedAt ?? 0)}`
}

export function useWrapUp(work: Work, drafts: DraftStore, operatorName: string): WrapUp {
  const client = useClient()
  const [saving, setSaving] = useState<string | null>(null)
  const [problem, setProblem] = useState<ErrorCode | null>(null)
  const [missing, setMissing] = useState(nothingMissing)
  const isSaving = useRef(false)

  const choose = (outcome: CampaignOutcome) => {
    setProblem(null)
    setMissing(nothingMissing)
    drafts.change({ outcome: outcome.code })
  }
  const save = async (outcome: CampaignOutcome, callbackAt: Instant | null) => {
    if (isSaving.current) return
    const draft = { ...drafts.getState().draft, outcome: outcome.code }
    const wanted = answersProblems(
      work.offer,
      operatorName,
      draft.answers as Answers,
      outcome.needsCompleteAnswers,
    )
    if (wanted.length > 0) {
      choose(outcome)
      setMissing(wanted)
      const page = wanted[0]?.page ?? null
      if (page !== null) drafts.change({ page })
      return
    }
    isSaving.current = true
    drafts.drop()
    const stopWaiting = pageClock.after(drawnAfterMs, () => setSaving(outcome.code))
    try {
      await client.call.wrapUp({
        attempt: work.attempt,
        key: keyOf(work),
        outcome: outcome.code,
        callbackAt,
        draft,
      })
    } catch (error) {
      choose(outcome)
      setProblem(errorCode(error))
    }
    stopWaiting()
    isSaving.current = false
    setSaving(null)
  }
  return {
    saving,
    problem,
    missing,
    choose,
    save: (outcome, callbackAt) => void save(outcome, callbackAt),
  }
}
