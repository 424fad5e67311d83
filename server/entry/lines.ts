import type { Event } from '../../shared/std/event.ts'
import { createCalls, type Calls } from '../calls/calls.ts'
import type { DeskPort, LineSettings } from '../calls/ports.ts'
import type { RecordingBook } from '../calls/recording-ports.ts'
import type { Hub } from '../live/hub.ts'
import type { AuditLog } from '../modules/audit/rules.ts'
import { lineStore } from '../modules/lines/repository.ts'
import { listeningBook } from '../modules/supervision/repository.ts'
import type { WorkModule } from '../modules/work/routes.ts'
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
  work: () => Pick<WorkModule, 'line' | 'queue'>,
): Calls {
  const desk: DeskPort = {
    phoneUp: (user) => work().line.phoneUp(user),
    phoneLost: (user) => work().line.phoneLost(user),
    phoneChanged: (user) => work().line.phoneChanged(user),
    planOf: (...ask) => work().line.planOf(...ask),
    prefixOf: (...ask) => work().line.prefixOf(...ask),
    progress: (...fact) => work().line.progress(...fact),
    reached: (...fact) => work().line.reached(...fact),
    notReached: (...fact) => work().line.notReached(...fact),
    ended: (...fact) => work().line.ended(...fact),
    handOn: (...wish) => work().line.handOn(...wish),
    leftBehind: () => work().line.leftBehind(),
    colleagues: (users) => work().line.colleagues(users),
    look: () => work().line.look(),
  }
  return createCalls(
    {
      settings: deps.pbx.settings,
      desk,
      queue: {
        arrived: (...call) => work().queue.arrived(...call),
        handedIn: (...call) => work().queue.handedIn(...call),
        waiting: () => work().queue.waiting(),
        isStaffed: (campaign) => work().queue.isStaffed(campaign),
        gone: (...fact) => work().queue.gone(...fact),
        ringable: () => work().queue.ringable(),
        ring: (...wish) => work().queue.ring(...wish),
        show: (user) => work().queue.show(user),
        ringOver: (...fact) => work().queue.ringOver(...fact),
        answer: (...wish) => work().queue.answer(...wish),
        groups: () => work().queue.groups(),
        aboutAttempt: (attempt) => work().queue.aboutAttempt(attempt),
        changed: (listener) => work().queue.changed(listener),
      },
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
