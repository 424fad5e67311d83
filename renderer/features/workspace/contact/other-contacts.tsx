import { UserRoundSearch } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Offer } from '../../../../shared/crm-api/work.ts'
import type { ErrorCode } from '../../../../shared/std/errors.ts'
import { errorKeys } from '../../../../shared/text/keys.ts'
import { useClient } from '../../../client/desktop.ts'
import { errorCode } from '../../../client/error-code.ts'
import { Button } from '../../../ui/button.tsx'
import { CardSection } from '../../../ui/card.tsx'
import { useHotkeys } from '../../../ui/hotkeys/hotkeys.tsx'

/** Others who have the caller's number: pressing one says that it is them, and the call goes on under that contact. */
export function OtherContacts({ offer }: { offer: Offer }) {
  const { t } = useTranslation()
  const client = useClient()
  const first = useRef<HTMLButtonElement>(null)
  const [problem, setProblem] = useState<ErrorCode | null>(null)
  const matches = offer.caller?.matches ?? []
  useHotkeys([
    {
      id: 'call.whoCalls',
      label: t('call.caller.who'),
      group: t('call.group'),
      keys: ['Shift+F2'],
      run: () => first.current?.focus(),
      isEnabled: matches.length > 0,
    },
  ])
  if (matches.length === 0) return null
  return (
    <CardSection title={t('call.caller.alsoOf')}>
      <ul className="flex flex-col gap-1.5">
        {matches.map(({ id, name, city }, index) => (
          <li key={id}>
            <Button
              ref={index === 0 ? first : null}
              isWide
              align="start"
              icon={UserRoundSearch}
              onPress={() => {
                setProblem(null)
                client.call
                  .identify({ attempt: offer.attempt, contact: id })
                  .catch((error: unknown) => setProblem(errorCode(error)))
              }}
            >
              {[name, city].filter(Boolean).join(' · ')}
            </Button>
          </li>
        ))}
      </ul>
      {problem !== null && (
        <p role="alert" className="pt-1.5 text-compact text-danger">
          {t(errorKeys(problem).what)}
        </p>
      )}
    </CardSection>
  )
}
