import { Kysely, PostgresDialect, type RawBuilder, sql } from 'kysely'
import { Pool, types } from 'pg'
import type { Database } from './schema.ts'

export interface DatabaseLog {
  warn(details: object, message: string): void
}

export interface ConnectOptions {
  log?: DatabaseLog
  /** Connections at most. */
  max?: number
}

const int8 = types.builtins.INT8

// Instants and counts stay below 2^53, so they are numbers; pg would hand out strings.
const parsers: NonNullable<ConstructorParameters<typeof Pool>[0]>['types'] = {
  getTypeParser: ((oid: Parameters<typeof types.getTypeParser>[0], format?: 'text' | 'binary') =>
    oid === int8 && format !== 'binary'
      ? Number
      : types.getTypeParser(oid, format)) as typeof types.getTypeParser,
}

/**
 * A pool on PostgreSQL. It survives the death of the database: queries under way and those that come while it is away
 * fail with an error that `isDatabaseAway` recognises, later ones succeed. Close it with `destroy()`.
 */
export function connect(url: string, options: ConnectOptions = {}): Kysely<Database> {
  const pool = new Pool({
    connectionString: url,
    types: parsers,
    max: options.max ?? 20,
    connectionTimeoutMillis: 5_000,
    application_name: 'cuffia server',
  })
  const lost = (error: Error): void =>
    options.log?.warn({ reason: error.message }, 'a database connection was lost')
  // An 'error' that nobody hears stops the process. The pool hears only its idle clients: one that is lent out and
  // between two queries when the database dies would take us with it.
  pool.on('connect', (client) => client.on('error', lost))
  pool.on('error', () => undefined)
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
}

/** Of an operating system or of PostgreSQL (five characters), '' where there is none. */
const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

const awayCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT'])
// The pg library gives these no code of their own.
const awayTexts =
  /^Connection terminated|^timeout exceeded when trying to connect|^Client has encountered a connection error/

/** Whether the database could not be reached; trying again later can help. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = codeOf(error)
  const system = 'syscall' in error && awayCodes.has(code)
  // PostgreSQL, appendix A: class 08 connection exception, 57P01 to 57P03 shutdown, crash, starting up.
  return system || /^08|^57P0[123]$/.test(code) || awayTexts.test(error.message)
}

/** Whether a unique index refused the row (23505); `constraint` names one index. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  if (!(error instanceof Error) || codeOf(error) !== '23505') return false
  return constraint === undefined || ('constraint' in error && error.constraint === constraint)
}

/** A value for a `jsonb` column. Given plainly, pg would write an array as a PostgreSQL array. */
export const jsonb = <T>(value: T): RawBuilder<T> => sql<T>`cast(${JSON.stringify(value)} as jsonb)`
