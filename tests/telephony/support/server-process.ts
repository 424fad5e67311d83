import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { connect } from '../../../server/db/connect.ts'
import { buildApp } from '../../../server/entry/app.ts'
import { createLog } from '../../../server/entry/log.ts'
import { readPbxSettings } from '../../../server/entry/pbx-settings.ts'
import { makeUuid } from '../../../server/entry/system.ts'
import { keyFile } from '../../../server/modules/recordings/keys.ts'
import { ariTelephony } from '../../../server/telephony/ari/ari.ts'
import { italianLaw } from '../../../shared/domain/campaign/law.ts'
import { officeHours } from './office-hours.ts'

/** The server as a process of its own that can be killed, on a clock that is in calling hours: database, PBX file. */
const [databaseUrl = '', file = ''] = process.argv.slice(2)
const log = createLog('debug', (line) => process.stdout.write(line))
const clock = officeHours()
const {
  ari,
  trunk,
  phones,
  reachesPeople: _reachesPeople,
  ...line
} = readPbxSettings(readFileSync(file, 'utf8'))
const db = connect(databaseUrl, { log })
const { app } = await buildApp({
  db,
  clock,
  makeId: makeUuid,
  randomBytes,
  log,
  version: '0.0.0-test',
  law: italianLaw,
  importsDir: mkdtempSync(join(tmpdir(), 'cuffia-imports-')),
  databaseUrl,
  recordings: {
    folder: join(dirname(file), 'recordings'),
    keys: await keyFile(join(dirname(file), 'recording.key'), randomBytes),
    days: 90,
  },
  callerDays: 90,
  pbx: {
    telephony: ariTelephony({ ...ari, trunk }, { clock, random: Math.random, log }),
    settings: { ...phones, ...line },
  },
})
await app.listen({ port: 0, host: '127.0.0.1' })
const { port } = app.server.address() as AddressInfo
process.send?.({ type: 'ready', url: `http://127.0.0.1:${port}` })
