import { handOnString } from '../../shared/domain/call/dial-string.ts'
import type { LiveLeg } from './legs.ts'
import type { CallsPorts } from './ports.ts'

/** What is dialled for a number that somebody asks, or hands this call to: behind the prefixes of the call's campaign. */
export async function goesOut(
  { desk, settings }: Pick<CallsPorts, 'desk' | 'settings'>,
  { user, attempt }: Pick<LiveLeg, 'user' | 'attempt'>,
  number: string,
): Promise<string> {
  const prefix = attempt === null ? settings.outsidePrefix : await desk.prefixOf(user, attempt)
  return handOnString(number, prefix)
}
