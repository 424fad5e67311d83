import { validateAnswers, type AnswerProblem } from '../../../../shared/domain/script/answers.ts'
import { mergeValues } from '../../../../shared/domain/script/merge.ts'
import { pages } from '../../../../shared/domain/script/pages.ts'
import type { Answers } from '../../../../shared/domain/script/types.ts'
import type { Offer } from '../../../../shared/crm-api/work.ts'
import { scriptOf } from '../script/run-script.ts'
import { plain } from '../script/text.tsx'
import { namesOf } from '../words.ts'

export interface LocatedProblem extends AnswerProblem {
  /** Title of the question, and the page it is on. */
  title: string
  page: string | null
}

/** What an outcome still wants of the answers: nothing where the campaign has no script. */
export function answersProblems(
  offer: Offer,
  operatorName: string,
  answers: Answers,
  complete: boolean,
): readonly LocatedProblem[] {
  const document = scriptOf(offer.campaign.script)
  if (!document) return []
  const values = mergeValues(offer.contact, namesOf(operatorName), offer.campaign)
  const checked = validateAnswers(document, answers, { complete, values })
  if (checked.ok) return []
  const shown = pages(document, answers, values).pages
  return checked.problems.map((problem) => {
    const page = shown.find(({ elements }) => elements.some(({ name }) => name === problem.question))
    const element = page?.elements.find(({ name }) => name === problem.question)
    const title = element ? plain(element.title) : problem.question
    return { ...problem, title, page: page?.name ?? null }
  })
}
