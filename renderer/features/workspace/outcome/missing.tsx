import { CircleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import type { LocatedProblem } from './answers-problems.ts'

/** What the chosen outcome still wants; nothing typed is lost, and each line leads to its question. */
export function Missing(props: { missing: readonly LocatedProblem[]; onGo: (page: string) => void }) {
  const { t } = useTranslation()
  return (
    <div role="alert" className="mx-3 my-2 rounded-field border border-ring-dot p-2.5">
      <p className="flex gap-1.5 text-compact font-semibold">
        <CircleAlert className="mt-0.5 size-4 shrink-0 text-ring" aria-hidden />
        {t('outcome.missing')}
      </p>
      <ul className="mt-1 flex flex-col">
        {props.missing.map(({ question, title, code, page }) => (
          <li key={question}>
            {page === null ? (
              <span className="text-compact">{title}</span>
            ) : (
              <Button variant="quiet" size="small" isWide align="start" onPress={() => props.onGo(page)}>
                <span className="whitespace-normal">
                  {title}
                  {code !== 'required' && `: ${t(`script.answerProblems.${code}`)}`}
                </span>
              </Button>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
