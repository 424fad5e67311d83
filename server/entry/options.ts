import { parseArgs } from 'node:util'

export interface ServerOptions {
  port: number
  host: string
  /** Where the packaged PostgreSQL keeps its cluster; not used with a `databaseUrl`. */
  dataDir: string | null
  databaseUrl: string | null
  demo: DemoWish
  logLevel: string
  /** Where the settings of the PBX are; null where there is none. They hold a password, so never on the command line. */
  pbx: { file: string } | { json: string } | null
  /** `keys` as text, never on the command line; null: a key file in the data folder. */
  recordings: { dir: string | null; keys: string | null; days: number }
  /** Days that callers are kept after they were answered or had gone. */
  callerDays: number
}

const demoWishes = ['offer', 'reset', 'real', 'none'] as const
export type DemoWish = (typeof demoWishes)[number]

const logLevels = ['debug', 'info', 'warn', 'error']

export const usage = `Usage: server [--port 8643] --data-dir DIR | --database-url URL [--demo offer|reset|real|none]
  --port N            port to listen on, 0 for any free one (8643)
  --host ADDRESS      address to listen on (127.0.0.1)
  --data-dir DIR      folder of the packaged PostgreSQL
  --database-url URL  an existing PostgreSQL instead; also DATABASE_URL
  --demo WISH         demo campaign: offer it once, reset it, a fresh one of real calls, none (none)
  --pbx-config FILE   the switch for real calls, see docs/runbook; also CUFFIA_PBX (the JSON itself)
  --recordings-dir DIR  where recordings of calls are kept (recordings in the data folder); their keys: docs/runbook
  --recording-days N  delete a recording so many days after its call (90); also CUFFIA_RECORDING_DAYS
  --caller-days N     delete who called so many days after it (90, at least 7); also CUFFIA_CALLER_DAYS
  --log-level LEVEL   debug, info, warn or error (info)`

/** Reads the command line. Throws an Error whose message is for the person who typed it. */
export function readOptions(
  args: string[],
  environment: {
    DATABASE_URL?: string | undefined
    CUFFIA_PBX?: string | undefined
    CUFFIA_RECORDING_KEYS?: string | undefined
    CUFFIA_RECORDING_DAYS?: string | undefined
    CUFFIA_CALLER_DAYS?: string | undefined
  },
): ServerOptions {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string', default: '8643' },
      host: { type: 'string', default: '127.0.0.1' },
      'data-dir': { type: 'string' },
      'database-url': { type: 'string' },
      demo: { type: 'string', default: 'none' },
      'pbx-config': { type: 'string' },
      'recordings-dir': { type: 'string' },
      'recording-days': { type: 'string' },
      'caller-days': { type: 'string' },
      'log-level': { type: 'string', default: 'info' },
    },
  })
  const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : -1
  if (port < 0 || port > 65_535) throw new Error(`--port must be a number from 0 to 65535\n${usage}`)
  const demo = demoWishes.find((wish) => wish === values.demo)
  if (demo === undefined) throw new Error(`--demo must be offer, reset, real or none\n${usage}`)
  const logLevel = values['log-level']
  if (!logLevels.includes(logLevel)) throw new Error(`--log-level must be one of ${logLevels.join(', ')}`)
  const databaseUrl = values['database-url'] ?? environment.DATABASE_URL ?? null
  const dataDir = values['data-dir'] ?? null
  if (databaseUrl === null && dataDir === null) throw new Error(`--data-dir is missing\n${usage}`)
  const recordings = {
    dir: values['recordings-dir'] ?? null,
    keys: environment.CUFFIA_RECORDING_KEYS ?? null,
    days: daysOf('--recording-days', values['recording-days'] ?? environment.CUFFIA_RECORDING_DAYS, 1),
  }
  // who got no answer is listed for a week
  const callerDays = daysOf('--caller-days', values['caller-days'] ?? environment.CUFFIA_CALLER_DAYS, 7)
  const pbx = pbxOf(values, environment)
  return { port, host: values.host, dataDir, databaseUrl, demo, logLevel, pbx, recordings, callerDays }
}

function daysOf(option: string, wanted = '90', least: number): number {
  const days = /^\d{1,4}$/.test(wanted) ? Number(wanted) : 0
  if (days >= least && days <= 3_650) return days
  throw new Error(`${option} must be a number from ${least} to 3650\n${usage}`)
}

function pbxOf(
  values: { 'pbx-config'?: string | undefined },
  environment: { CUFFIA_PBX?: string | undefined },
): ServerOptions['pbx'] {
  if (values['pbx-config'] !== undefined) return { file: values['pbx-config'] }
  return environment.CUFFIA_PBX === undefined ? null : { json: environment.CUFFIA_PBX }
}
