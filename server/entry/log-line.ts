/** Writes log records as short lines for people, without what a log must not keep. */

const hidden = '***'
// `detail` of a PostgreSQL error quotes the row that was refused.
const secretKeys = /password|token|authorization|cookie|secret|^detail$/i

// E.164; a national Italian number by itself; the same with blanks, dots, slashes or dashes in it.
const phones =
  /\+\d[\d ./-]{5,16}\d|(?<![\w.:-])[03]\d{7,10}(?![\w-])|(?<![\w.:-])[03]\d{1,3}[ ./-]\d{3,4}(?:[ ./-]?\d{2,4}){1,2}(?![\w-])/g

/** Keeps the first three and the last two characters of each phone number. */
export const maskPhones = (text: string): string =>
  text.replaceAll(phones, (phone) => `${phone.slice(0, 3)}${'•'.repeat(phone.length - 5)}${phone.slice(-2)}`)

const maskText = (text: string): string => maskPhones(text).replaceAll(/Bearer \S+/gi, `Bearer ${hidden}`)

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return maskText(value)
  if (Array.isArray(value)) return value.map(cleaned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, secretKeys.test(key) ? hidden : cleaned(each)]),
  )
}

const levels: Record<number, string> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'WARN',
  50: 'ERROR',
  60: 'FATAL',
}

const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return /^[\w.:/@•*+-]+$/.test(text) ? text : JSON.stringify(value)
}

interface LogRecord {
  level: number
  time: number
  msg?: string
  err?: { message?: string; stack?: string }
  [key: string]: unknown
}

/** `2026-11-24 08:20:40.123 info  PostgreSQL is ready pid=12 adopted=false`, a stack on lines of its own. */
export function logLine(json: string): string {
  const { level, time, msg, err, ...rest } = cleaned(JSON.parse(json)) as LogRecord
  const at = new Date(time).toISOString().slice(0, 23).replace('T', ' ')
  const fields = Object.entries(rest).map(([key, value]) => `${key}=${shown(value)}`)
  const stack =
    err === undefined ? '' : `\n    ${(err.stack ?? err.message ?? '').replaceAll('\n', '\n    ')}`
  return [at, (levels[level] ?? String(level)).padEnd(5), msg ?? '', ...fields].join(' ') + stack
}
