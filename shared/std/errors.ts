/**
 * Every refusal has a code from this list; it survives each wire (RPC, HTTP) and is explained in docs/errors.md.
 * `turn` says who can do something about it: the person, the network, or us (a bug).
 */
export const errorCodes = {
  // the person's turn
  'invalid-input': { turn: 'person', status: 400 },
  'wrong-credentials': { turn: 'person', status: 401 },
  'signed-out': { turn: 'person', status: 401 },
  'password-change-required': { turn: 'person', status: 403 },
  'password-too-weak': { turn: 'person', status: 422 },
  'account-locked': { turn: 'person', status: 423 },
  'not-allowed': { turn: 'person', status: 403 },
  'not-found': { turn: 'person', status: 404 },
  conflict: { turn: 'person', status: 409 },
  'too-many-requests': { turn: 'person', status: 429 },
  'file-unreadable': { turn: 'person', status: 422 },
  'campaign-incomplete': { turn: 'person', status: 422 },
  'call-not-allowed': { turn: 'person', status: 422 },
  'answers-invalid': { turn: 'person', status: 422 },
  'not-in-this-state': { turn: 'person', status: 409 },
  // the network's turn
  disconnected: { turn: 'network', status: 503 },
  'deadline-passed': { turn: 'network', status: 504 },
  'server-unreachable': { turn: 'network', status: 503 },
  'line-down': { turn: 'network', status: 503 },
  // ours
  'unknown-method': { turn: 'ours', status: 404 },
  'protocol-mismatch': { turn: 'ours', status: 426 },
  internal: { turn: 'ours', status: 500 },
} as const

export type ErrorCode = keyof typeof errorCodes

/** What crosses a wire: never a stack. `reference` finds the full error in the log. `details` is plain data. */
export interface WireError {
  code: ErrorCode
  message: string
  reference?: string | undefined
  details?: unknown
}

/** An expected refusal. Told apart by `code`, never by its text; the page translates the code, not the message. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly details: unknown
  readonly reference: string | undefined

  constructor(code: ErrorCode, message: string, more: { details?: unknown; reference?: string } = {}) {
    super(message)
    this.name = 'AppError'
    this.code = code
    this.details = more.details
    this.reference = more.reference
  }
}

export const isErrorCode = (value: unknown): value is ErrorCode =>
  typeof value === 'string' && Object.hasOwn(errorCodes, value)

/** It may go through at the next try. */
export const isNetworkTurn = (error: unknown): error is AppError =>
  error instanceof AppError && errorCodes[error.code].turn === 'network'

export function toWireError(error: AppError): WireError {
  const wire: WireError = { code: error.code, message: error.message }
  if (error.reference !== undefined) wire.reference = error.reference
  if (error.details !== undefined) wire.details = error.details
  return wire
}
