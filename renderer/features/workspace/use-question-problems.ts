import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { LocatedProblem } from './outcome/answers-problems.ts'

/** What is wrong with each question, in words, for the field itself. */
export function useQuestionProblems(missing: readonly LocatedProblem[]): ReadonlyMap<string, string> {
  const { t } = useTranslation()
  return useMemo(
    () => new Map(missing.map(({ question, code }) => [question, t(`script.answerProblems.${code}`)])),
    [missing, t],
  )
}
