import { call } from './call.ts'
import { crm } from './crm.ts'
import { diagnostics } from './diagnostics.ts'
import { operator } from './operator.ts'
import { outbox } from './outbox.ts'
import { session } from './session.ts'
import { settings } from './settings.ts'
import { supervision } from './supervision.ts'
import { wallboard } from './wallboard.ts'

/** All that a page may ask of the local host. */
export const desktop = { session, operator, call, outbox, crm, wallboard, supervision, settings, diagnostics }
export type Desktop = typeof desktop

/** Files go over HTTP beside the RPC, in both shells: `POST /files/imports?fileName=…`, `GET /files/imports/<id>/rejected.csv`, `GET /files/recordings/<id>/audio?listening=…`. */
export const filePaths = {
  uploadImport: (fileName: string) => `/files/imports?fileName=${encodeURIComponent(fileName)}`,
  recordingAudio: (id: string, listening: string) =>
    `/files/recordings/${encodeURIComponent(id)}/audio?listening=${encodeURIComponent(listening)}`,
  rejectedRows: (importId: string) => `/files/imports/${encodeURIComponent(importId)}/rejected.csv`,
}
