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
  /** How many of a group are there, and free; null for the others. */
  group: { here: number; idle: number } | null
  canAsk: boolean
  canHandOver: boolean
}

export const isFree = ({ canAsk, canHandOver }: Target): boolean => canAsk || canHandOver

/** From three digits on the trunk takes it; from seven on it is a number that has to be whole. */
const short = /^\d{3,6}$/

/**
 * Whom the typed text leaves to choose: the number it is, then who is ready, the groups, the own one first, and what cannot
 * be chosen now, disabled. In a group where nobody is free a call can wait, but nobody can be asked.
 */
export function targets(from: {
  colleagues: readonly Colleague[]
  groups: readonly Group[]
  /** The call's own campaign: its group before the others. */
  own: CampaignId
  text: string
}): readonly Target[] {
  const { colleagues, groups, own, text } = from
  const people = colleagues.map(({ user, name, state }): Target => {
    const canBe = state === 'ready'
    const to = { kind: 'operator', user } as const
    const can = { canAsk: canBe, canHandOver: canBe }
    return { id: `operator ${user}`, name, to, kind: 'operator', state, group: null, ...can }
  })
  const queues = groups
    .toSorted((left, right) => Number(right.campaign === own) - Number(left.campaign === own))
    .map(({ campaign, name, here, idle }): Target => {
      const to = { kind: 'queue', campaign } as const
      const can = { canAsk: idle > 0, canHandOver: here > 0 }
      return { id: `queue ${campaign}`, name, to, kind: 'queue', state: null, group: { here, idle }, ...can }
    })
  const everybody = [...people.filter(isFree), ...queues.filter(isFree)]
  const all = [...everybody, ...[...people, ...queues].filter((target) => !isFree(target))]
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
    group: null,
    canAsk: true,
    canHandOver: true,
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
    const target = list[index]
    if (target && isFree(target)) return index
  }
  return current
}
