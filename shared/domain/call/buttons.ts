import type { Call } from './call.ts'
import type { Ability } from './legs.ts'

export const buttonNames = [
  'answer',
  'hang-up',
  'hold',
  'resume',
  'mute',
  'unmute',
  'dtmf',
  'outcome',
] as const
export type Button = (typeof buttonNames)[number]

/** The buttons an operator may press: a pure function of the call and of what its switch can do. */
export function buttons(call: Call, abilities: ReadonlySet<Ability>): readonly Button[] {
  const { phase } = call
  switch (phase.name) {
    case 'ringing':
      if (call.direction === 'out') return ['hang-up', 'outcome']
      return abilities.has('answer') ? ['answer', 'hang-up'] : ['hang-up']
    case 'talking':
      return [
        'hang-up' as const,
        ...(abilities.has('mute') ? [phase.muted ? ('unmute' as const) : ('mute' as const)] : []),
        ...(abilities.has('hold') ? [phase.held ? ('resume' as const) : ('hold' as const)] : []),
        ...(abilities.has('dtmf') ? ['dtmf' as const] : []),
        'outcome' as const,
      ]
    case 'wrap-up':
      return ['outcome']
    case 'closed':
      return []
  }
}
