import { type Logger, pino } from 'pino'
import { logLine } from './log-line.ts'

/** Writes lines for people through `write`; levels as pino names them. */
export const createLog = (level: string, write: (line: string) => void): Logger =>
  pino({ level, base: null }, { write: (json: string) => write(`${logLine(json)}\n`) })
