import type { Event } from '../../shared/std/event.ts'
import { createCalls, type Calls } from '../calls/calls.ts'
import type { DeskPort, LineSettings } from '../calls/ports.ts'
import type { RecordingBook } from '../calls/recording-ports.ts'
import type { Hub } from '../live/hub.ts'
import type { AuditLog } from '../modules/audit/rules.ts'
import { lineStore } from '../modules/lines/repository.ts'
import { listeningBook } from '../modules/supervision/repository.ts'
import type { WorkLine } from '../modules/work/line.ts'
import type { Telephony } from '../telephony/port.ts'
import type { AppDeps } from './app.ts'

export interface Pbx {
  telephony: Telephony
  settings: LineSettings
}

/** Calls and work need each other: the work is there by the time anything happens. */
export function buildLines(
  deps: Pick<AppDeps, 'db' | 'clock' | 'makeId' | 'randomBytes' | 'log'> & {
    pbx: Pbx
    hub: Hub
    audit: AuditLog
    sessionEnded: Event<string>
    recordings: RecordingBook | null
  },
  work: () => WorkLine,
): Calls {
  const desk: DeskPort = {
    phoneUp: (user) => work().phoneUp(user),
    phoneLost: (user) => work().phoneLost(user),
    phoneChanged: (user) => work().phoneChanged(user),
    planOf: (...ask) => work().planOf(...ask),
    progress: (...fact) => work().progress(...fact),
    reached: (...fact) => work().reached(...fact),
    notReached: (...fact) => work().notReached(...fact),
    ended: (...fact) => work().ended(...fact),
    handOn: (...wish) => work().handOn(...wish),
    leftBehind: () => work().leftBehind(),
    colleagues: (users) => work().colleagues(users),
    look: () => work().look(),
  }
  return createCalls(
    {
      settings: deps.pbx.settings,
      desk,
      store: lineStore(deps.db),
      listenings: listeningBook(deps),
      recordings: deps.recordings,
      stream: deps.hub,
      sessionEnded: deps.sessionEnded,
      clock: deps.clock,
      makeId: deps.makeId,
      makeSecret: () => Buffer.from(deps.randomBytes(24)).toString('base64url'),
      log: deps.log,
    },
    deps.pbx.telephony,
  )
}
