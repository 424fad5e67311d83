import type { WireError } from '../std/errors.ts'
import { AppError, toWireError } from '../std/errors.ts'
import type { Unsubscribe, Watchable } from '../std/event.ts'
import type { Channel } from './channel.ts'
import type { Caller, Contract, Host, Schema } from './contract.ts'
import { membersOf } from './contract.ts'
import type { Frame } from './frame.ts'
import { protocolNumber } from './frame.ts'

export interface ServeOptions {
  /** Names an unexpected error to the client, so that it can be found in the log. */
  makeReference: () => string
  /** Gets every unexpected error in full; the client sees only the reference. */
  onError: (reference: string, error: unknown, to: string) => void
  /** Also parse what the host gives back (tests, development). */
  checkOutput?: boolean
  build?: string
  protocol?: number
}

/** A page asks for a handful at once; hundreds are a loop gone wrong. */
const mostAtOnce = 256

type Run = (input: unknown, by: Caller, signal: AbortSignal) => Promise<unknown>
type Open = (by: Caller) => Watchable<unknown>

/** The answering end of a contract for one caller. The result stops it: calls are aborted, views unsubscribed. */
export function serve<C extends Contract>(
  contract: C,
  host: Host<C>,
  channel: Channel,
  by: Caller,
  options: ServeOptions,
): Unsubscribe {
  const { protocol = protocolNumber, build = '', checkOutput = false } = options
  const members = membersOf(contract)
  const implementations = membersOf(host as unknown as Contract)
  for (const to of members.keys()) {
    if (typeof implementations.get(to) !== 'function') throw new Error(`the host lacks ${to}`)
  }
  const calls = new Map<number, AbortController>()
  const watches = new Map<number, Unsubscribe>()
  let mismatch: AppError | undefined

  const describe = (error: unknown, to: string): WireError => {
    if (error instanceof AppError) return toWireError(error)
    const reference = options.makeReference()
    options.onError(reference, error, to)
    return { code: 'internal', message: 'unexpected error', reference }
  }
  const checked = <T>(schema: Schema<T>, value: unknown) => (checkOutput ? schema.parse(value) : value)
  const fail = (id: number, error: unknown, to: string) => {
    try {
      channel.send({ t: 'fail', id, error: describe(error, to) })
    } catch (unsendable) {
      channel.send({ t: 'fail', id, error: describe(unsendable, to) })
    }
  }

  /** The refusal that holds for any question, whatever it asks. */
  const refusal = (id: number): AppError | undefined => {
    if (mismatch) return mismatch
    if (calls.size + watches.size >= mostAtOnce) return new AppError('too-many-requests', 'too many at once')
    return calls.has(id) || watches.has(id) ? new AppError('invalid-input', 'id in use') : undefined
  }

  const call = async (id: number, to: string, raw: unknown) => {
    const controller = new AbortController()
    const live = () => calls.get(id) === controller
    try {
      const refused = refusal(id)
      if (refused) throw refused
      const member = members.get(to)
      if (member?.kind !== 'method') throw new AppError('unknown-method', 'no such method')
      calls.set(id, controller)
      const run = implementations.get(to) as unknown as Run
      const output = checked(member.output, await run(parseInput(member.input, raw), by, controller.signal))
      if (live()) channel.send({ t: 'ok', id, output })
    } catch (error) {
      // After a cancel nobody waits, and the host's giving up is what was asked for.
      if (!controller.signal.aborted) fail(id, error, to)
    } finally {
      if (live()) calls.delete(id)
    }
  }

  const watch = (id: number, to: string) => {
    let rev = 0
    let waiting = false
    let stop: Unsubscribe = () => {}
    const open = () => watches.get(id) === leave
    const leave = () => {
      watches.delete(id)
      stop()
    }
    const giveUp = (error: unknown) => {
      if (open()) leave()
      fail(id, error, to)
    }
    try {
      const refused = refusal(id)
      if (refused) throw refused
      const member = members.get(to)
      if (member?.kind !== 'view') throw new AppError('unknown-method', 'no such view')
      const source = (implementations.get(to) as unknown as Open)(by)
      // Only the latest value matters: while one send waits (for the channel, at least a microtask) changes merge.
      const push = async () => {
        if (waiting) return
        waiting = true
        await channel.ready?.()
        waiting = false
        if (!open()) return
        try {
          channel.send({ t: 'value', id, rev: ++rev, value: checked(member.value, source.current()) })
        } catch (error) {
          giveUp(error)
        }
      }
      watches.set(id, leave)
      stop = source.changed(() => void push())
      void push()
    } catch (error) {
      giveUp(error)
    }
  }

  const cancel = (id: number) => {
    calls.get(id)?.abort(new AppError('disconnected', 'nobody waits for the answer'))
    calls.delete(id)
  }

  const receive = (frame: Frame) => {
    if (frame.t === 'hello') {
      if (frame.protocol === protocol) return
      mismatch = new AppError(
        'protocol-mismatch',
        `the host speaks ${protocol}, the client ${frame.protocol}`,
      )
    } else if (frame.t === 'call') void call(frame.id, frame.to, frame.input)
    else if (frame.t === 'watch') watch(frame.id, frame.to)
    else if (frame.t === 'cancel') cancel(frame.id)
    else if (frame.t === 'unwatch') watches.get(frame.id)?.()
  }

  const stopReceiving = channel.received(receive)
  const stop = () => {
    stopReceiving()
    for (const id of calls.keys()) cancel(id)
    for (const leave of watches.values()) leave()
  }
  channel.closed(stop)
  channel.send({ t: 'hello', protocol, build })
  return stop
}

/** Throws `invalid-input` whose details say where and why, never what was sent. */
function parseInput<T>(schema: Schema<T>, raw: unknown): T {
  try {
    return schema.parse(raw)
  } catch (error) {
    throw new AppError('invalid-input', 'the input does not fit', { details: { issues: issuesIn(error) } })
  }
}

function issuesIn(error: unknown): { path: string; message: string }[] {
  const issues = (error as { issues?: unknown } | undefined)?.issues
  if (!Array.isArray(issues)) return []
  return issues.map((issue: { path?: PropertyKey[]; message?: unknown }) => ({
    path: (issue.path ?? []).map(String).join('.'),
    message: String(issue.message),
  }))
}
