import type { Call } from './call.ts'
import type { Ability } from './legs.ts'

export const buttonNames = [
  'answer',
  'decline',
  'hang-up',
  'hold',
  'resume',
  'mute',
  'unmute',
  'dtmf',
  'transfer',
  'consult',
  'swap',
  'join',
  'complete',
  'cancel-consult',
  'record-start',
  'record-pause',
  'record-resume',
  'record-stop',
  'outcome',
] as const
export type Button = (typeof buttonNames)[number]

/** Whether a campaign's calls are recorded: `always` may be paused, never stopped. */
export type RecordingMode = 'off' | 'always' | 'on-demand'

/** The buttons an operator may press: a pure function of the call and of what its switch can do. */
export function buttons(
  call: Call,
  abilities: ReadonlySet<Ability>,
  recording: RecordingMode = 'off',
): readonly Button[] {
  const { phase } = call
  switch (phase.name) {
    case 'ringing':
      if (call.direction === 'out') return ['hang-up', 'outcome']
      return abilities.has('answer') ? ['answer', 'decline'] : ['decline']
    case 'talking':
      return [
        'hang-up',
        ...(abilities.has('mute') ? [phase.muted ? ('unmute' as const) : ('mute' as const)] : []),
        ...(call.consult === null ? alone(phase.held, abilities) : between(call.consult, abilities)),
        ...(abilities.has('dtmf') ? (['dtmf'] as const) : []),
        ...(abilities.has('record') ? recordingButtons(call.recording, recording) : []),
        'outcome',
      ]
    case 'wrap-up':
      return ['outcome']
    case 'closed':
      return []
  }
}

function alone(held: boolean, abilities: ReadonlySet<Ability>): readonly Button[] {
  return [
    ...(abilities.has('hold') ? [held ? ('resume' as const) : ('hold' as const)] : []),
    ...(abilities.has('blind-transfer') ? (['transfer'] as const) : []),
    ...(abilities.has('consult') ? (['consult'] as const) : []),
  ]
}

/** With a second party: who is not talked to hears music already, so there is nothing to hold. */
function between(consult: NonNullable<Call['consult']>, abilities: ReadonlySet<Ability>): readonly Button[] {
  if (consult.state === 'ringing') return ['cancel-consult']
  const isJoinable = abilities.has('conference') && consult.talkingTo !== 'both'
  return ['swap', ...(isJoinable ? (['join'] as const) : []), 'complete', 'cancel-consult']
}

function recordingButtons(state: Call['recording'], mode: RecordingMode): readonly Button[] {
  if (mode === 'off') return []
  if (state === 'off') return mode === 'on-demand' ? ['record-start'] : []
  const pause = state === 'paused' ? 'record-resume' : 'record-pause'
  return mode === 'on-demand' ? [pause, 'record-stop'] : [pause]
}
