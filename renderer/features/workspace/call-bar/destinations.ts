import type { Colleague, Group } from '../../../../shared/crm-api/lines.ts'
import type { Destination } from '../../../../shared/domain/call/legs.ts'
import type { CampaignId } from '../../../../shared/std/ids.ts'
import { formatPhone, parsePhone } from '../../../../shared/std/phone.ts'

/** Somebody or something a call can be handed on to. */
export interface Target {
  id: string
  name: string
  to: Destination
  /** `short`: an extension or a short number, dialled as it is. */
  kind: 'operator' | 'queue' | 'number' | 'short'
  /** What a colleague is doing; null for the others. */
  state: Colleague['state'] | null
  /** Can be asked or handed a call now. */
  isFree: boolean
}

/** From three digits on the trunk takes it; from seven on it is a number that has to be whole. */
const short = /^\d{3,6}$/

/** Whom the typed text leaves to choose: the number it is, then who is ready, the groups, and who is not there, disabled. */
export function targets(from: {
  colleagues: readonly Colleague[]
  groups: readonly Group[]
  /** The call's own campaign: its group before the others. */
  own: CampaignId
  text: string
}): readonly Target[] {
  const { colleagues, groups, own, text } = from
  const people = colleagues.map(({ user, name, state }): Target => {
    const to = { kind: 'operator', user } as const
    return { id: `operator ${user}`, name, to, kind: 'operator', state, isFree: state === 'ready' }
  })
  const queues = groups
    .toSorted((left, right) => Number(right.campaign === own) - Number(left.campaign === own))
    .map(({ campaign, name, here }): Target => {
      const to = { kind: 'queue', campaign } as const
      // Somebody has to be there, however busy: the call waits.
      return { id: `queue ${campaign}`, name, to, kind: 'queue', state: null, isFree: here > 0 }
    })
  const isFree = (target: Target) => target.isFree
  const all = [
    ...people.filter(isFree),
    ...queues.filter(isFree),
    ...[...people, ...queues].filter((target) => !target.isFree),
  ]
  const wanted = plain(text)
  const found = all.filter(({ name }) => plain(name).includes(wanted))
  const number = numberIn(text)
  return number === null ? found : [number, ...found]
}

function numberIn(text: string): Target | null {
  const typed = text.replaceAll(/[\s./-]/g, '')
  const parsed = parsePhone(text, 'IT')
  const whole = (number: string, kind: 'number' | 'short'): Target => ({
    id: `number ${number}`,
    name: kind === 'short' ? number : formatPhone(number, 'IT'),
    to: { kind: 'number', number },
    kind,
    state: null,
    isFree: true,
  })
  if (parsed.ok) return whole(parsed.e164, 'number')
  return short.test(typed) ? whole(typed, 'short') : null
}

/** "Nicolò" is found by "nicolo". */
const plain = (text: string): string =>
  text
    .trim()
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase()

/** The place `step` further among those that can be chosen, in a ring; where none can, the present one. */
export function neighbour(list: readonly Target[], current: number, step: 1 | -1): number {
  for (let gone = 1; gone <= list.length; gone++) {
    const index = (current + step * gone + list.length * gone) % list.length
    if (list[index]?.isFree) return index
  }
  return current
}
