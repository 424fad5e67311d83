import type { Listening } from '../../shared/crm-api/supervision.ts'
import type { Supervision } from '../../shared/domain/supervision/supervision.ts'
import type { UserId } from '../../shared/std/ids.ts'
import type { SavedListening } from './supervision-ports.ts'

/** One supervisor with one operator, while the server runs. */
export interface LiveListening extends Omit<SavedListening, 'mode' | 'call'> {
  names: { supervisor: string; operator: string }
  supervision: Supervision
  stopTimer: () => void
}

export const savedOf = ({
  names: _names,
  supervision,
  stopTimer: _timer,
  ...listening
}: LiveListening): SavedListening => ({
  ...listening,
  mode: supervision.mode,
  call: supervision.call as SavedListening['call'],
})

export const isHeard = ({ heard, ...mine }: LiveListening, operator: UserId) =>
  heard !== null && mine.operator === operator

/** Who joined is heard anyway. */
export const isTold = ({ heard, supervision }: LiveListening) =>
  heard !== null && (heard.isOperatorTold || supervision.mode === 'join')

/** As a page of that session shows it. */
export function shownTo(session: string, mine: LiveListening): Listening {
  const { operator, names, supervision, heard, since } = mine
  return {
    operator: { id: operator, name: names.operator },
    mode: supervision.mode,
    state: supervision.state,
    since,
    call: heard && { attempt: heard.attempt, campaign: heard.campaign, contact: heard.contact },
    isOperatorTold: isTold(mine),
    isElsewhere: mine.session !== session,
  }
}
