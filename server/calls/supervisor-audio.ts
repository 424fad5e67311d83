import type { Supervision } from '../../shared/domain/supervision/supervision.ts'
import type { UserId } from '../../shared/std/ids.ts'
import { bridgeOf, readSnoopChannel, silenceFor, snoopChannel } from './names.ts'
import type { OperatorPhones } from './operator-leg.ts'
import type { SavedListening } from './supervision-ports.ts'
import type { Telephony } from '../telephony/port.ts'

type Heard = Pick<SavedListening, 'supervisor' | 'operator' | 'snoop'>

/**
 * Who hears whom while a supervisor is with an operator. The operator's own leg is what is heard, not the customer's: it
 * stays in its bridge through hold, consult and transfer, and what is whispered into it reaches nobody else.
 *
 *   listen: a channel that hears the operator's leg both ways, in the supervisor's bridge
 *   coach: the same, which also whispers to the operator
 *   join: the supervisor's leg itself is in the operator's bridge
 */
export function supervisorAudio(line: Telephony, phones: () => Pick<OperatorPhones, 'channel'>) {
  /** Ids only grow: the switch takes an id that a living one begins with for the same. */
  const counts = new Map<UserId, number>()

  function wantedSnoop({ operator }: Heard, { state, mode }: Supervision) {
    const of = state === 'heard' && mode !== 'join' ? phones().channel(operator) : null
    return of === null ? null : { of, whisper: mode === 'coach' ? ('out' as const) : ('none' as const) }
  }

  /**
   * Everything is brought to where the state says. The new is made before the old is taken away, so that a change of
   * mode has no gap; asked again it changes nothing.
   */
  async function place(heard: Heard, supervision: Supervision): Promise<void> {
    const { supervisor, operator, snoop: old } = heard
    const want = wantedSnoop(heard, supervision)
    const isKept = old !== null && want !== null && old.of === want.of && old.whisper === want.whisper
    if (!isKept) heard.snoop = want === null ? null : await hear(supervisor, want)
    const own = phones().channel(supervisor)
    const isJoined = supervision.state === 'heard' && supervision.mode === 'join'
    if (own !== null) await line.addToBridge(bridgeOf(isJoined ? operator : supervisor), own)
    if (heard.snoop !== null) await line.addToBridge(bridgeOf(supervisor), heard.snoop.id)
    if (!isKept && old !== null) await line.hangUp(old.id)
  }

  /** Null where the operator's leg went away meanwhile: its end is on its way. */
  async function hear(supervisor: UserId, want: { of: string; whisper: 'out' | 'none' }) {
    const count = (counts.get(supervisor) ?? 0) + 1
    counts.set(supervisor, count)
    const id = snoopChannel(supervisor, count)
    const made = await line.snoop({ id, channel: want.of, spy: 'both', whisper: want.whisper })
    return made === 'gone' ? null : { id, ...want }
  }

  /** Known to be sent no silence. */
  const quiet = new Set<UserId>()

  /**
   * A whisper rides on what the switch sends to the leg. Asterisk sends nothing to one that is alone in its bridge
   * (measured: no packet while the customer is held), so it is sent silence there; beside others it would cover them.
   */
  async function keepAwake(operator: UserId, isCoached: boolean): Promise<void> {
    if (!isCoached && quiet.has(operator)) return
    const own = phones().channel(operator)
    const { bridges } = await line.snapshot()
    const inside = bridges.find(({ id }) => id === bridgeOf(operator))?.channels ?? []
    const isAlone = own !== null && inside.length === 1 && inside[0] === own
    const silence = silenceFor(operator)
    if (isCoached && isAlone) {
      quiet.delete(operator)
      await line.play({ id: silence, on: { channel: own }, sound: 'tone:0/1000' })
    } else {
      await line.stopPlaying(silence)
      quiet.add(operator)
    }
  }

  return {
    place,
    keepAwake,
    /** Channels that are on the switch already. */
    found: (channels: readonly string[]): void => {
      for (const channel of channels) {
        const snoop = readSnoopChannel(channel)
        if (snoop) counts.set(snoop.supervisor, Math.max(counts.get(snoop.supervisor) ?? 0, snoop.count))
      }
    },
  }
}
