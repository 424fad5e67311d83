import { ConditionRunner, FunctionFactory } from 'survey-core'
import type { MergeValues } from './merge.ts'
import type { Answers } from './types.ts'

const runners = new Map<string, ConditionRunner>()

/** Whether a SurveyJS condition holds; a missing one does. Compiled once per text. */
export function holds(expression: string | undefined, answers: Answers, values: MergeValues): boolean {
  if (expression === undefined || expression === '') return true
  return runnerOf(expression).runValues({ ...answers, ...values })
}

function runnerOf(expression: string): ConditionRunner {
  const known = runners.get(expression)
  if (known) return known
  // Documents are few and small; an editor trying many texts must not fill the memory.
  if (runners.size > 2000) runners.clear()
  const made = new ConditionRunner(expression)
  runners.set(expression, made)
  return made
}

export type ExpressionProblem = 'bad-expression' | 'unknown-function' | 'unknown-field'

/** What is wrong with a condition, or undefined; `isKnown` answers for the names in braces. */
export function expressionProblem(
  expression: string,
  isKnown: (field: string) => boolean,
): ExpressionProblem | undefined {
  const runner = new ConditionRunner(expression)
  if (!runner.canRun()) return 'bad-expression'
  const withoutTexts = expression.replace(/'[^']*'|"[^"]*"|\{[^{}]*\}/g, ' ')
  const called = [...withoutTexts.matchAll(/([A-Za-z_]\w*)\s*\(/g)].map((match) => match[1] ?? '')
  const operators = /^(?:and|or|not)$/i
  if (called.some((name) => !operators.test(name) && !FunctionFactory.Instance.hasFunction(name)))
    return 'unknown-function'
  return runner.getVariables().every((name) => isKnown(name)) ? undefined : 'unknown-field'
}
