/** Fields name what the line is about (call, leg, operator, attempt); phone numbers are masked by whoever writes. */
export interface Log {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} }
