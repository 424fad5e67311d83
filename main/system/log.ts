import pino from 'pino'
import type { Log } from '../../shared/std/log.ts'
import { maskPhone } from '../../shared/std/phone.ts'

const wholeNumber = /\+\d{7,15}\b/g

/** Every phone number in a text, masked: lines are read by people who have no business with them. */
export const maskNumbers = (text: string) => text.replace(wholeNumber, maskPhone)

/** Lines like `12:31:05 warn  the line went down {"reason":"…"}`; numbers masked wherever they stand. */
export function createLog(write: (line: string) => void): Log {
  return pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { error: pino.stdSerializers.err } },
    { write: (line: string) => write(maskNumbers(short(line))) },
  )
}

function short(line: string): string {
  const { level, time, msg, ...fields } = JSON.parse(line) as Record<string, unknown>
  const name = (pino.levels.labels[Number(level)] ?? '').padEnd(5)
  const rest = Object.keys(fields).length > 0 ? ` ${JSON.stringify(fields)}` : ''
  return `${String(time).slice(11, 19)} ${name} ${String(msg)}${rest}\n`
}
