import { DateTime } from 'luxon'
import type { Board, board } from '../../../shared/crm-api/board.ts'
import type { Clock } from '../../../shared/std/clock.ts'
import type { Handlers } from '../../http/handlers.ts'
import type { BoardPorts, Db } from './repository.ts'
import { readFacts } from './repository.ts'
import type { Alarm, Hearing } from './rules.ts'
import { alarms, hearingOf, sameSince } from './rules.ts'

export interface BoardModule {
  routes: Handlers<typeof board>
  /** The whole board as it stands; `rev` goes up with each. */
  read(): Promise<Board>
}

/** The board is made from the tables whenever somebody looks, so it cannot drift from what it shows. */
export function boardModule(
  ports: BoardPorts & { db: Db; clock: Pick<Clock, 'now'>; hearing: Hearing | null },
): BoardModule {
  const { hearing: calls } = ports
  let rev = 0
  let standing: readonly Alarm[] = []

  async function read(): Promise<Board> {
    const now = ports.clock.now()
    const dayStart = DateTime.fromMillis(now, { zone: 'Europe/Rome' }).startOf('day').toMillis()
    const facts = await readFacts(ports.db, ports, now, dayStart)
    standing = sameSince(standing, alarms(facts))
    return {
      rev: ++rev,
      at: now,
      operators: facts.operators.map(({ wrapUpLimitSeconds: _limit, line, ...operator }) => ({
        ...operator,
        hearing: hearingOf({ ...operator, line }, calls),
        supervisors: calls?.onCallOf(operator.id) ?? [],
      })),
      campaigns: facts.campaigns.map(
        ({ open: _open, opensAt: _opensAt, takesCalls: _takesCalls, ...line }) => line,
      ),
      calls: facts.calls,
      alarms: [...standing],
    }
  }

  return { read, routes: { get: read } }
}
