import type { Unsubscribe, Watchable } from '../std/event.ts'
import type { AppError } from '../std/errors.ts'

/** Anything that turns unknown data into a T or throws; a Zod schema fits as it is. */
export interface Schema<T> {
  parse(raw: unknown): T
}

/**
 * One request. `repeat: 'safe'` carries a key or changes nothing, so the client may try it again after a break;
 * `'never'` (answer, dial, hang up) goes back to the person. Past `deadlineMs` the client gives up with `deadline-passed`.
 */
export interface Method<I, O> {
  readonly kind: 'method'
  readonly input: Schema<I>
  readonly output: Schema<O>
  readonly repeat: 'safe' | 'never'
  readonly deadlineMs: number
}

/** "Tell me now, and again whenever it changes": first the whole present value, then each newer whole value. */
export interface View<T> {
  readonly kind: 'view'
  readonly value: Schema<T>
}

// The peer handles every method alike, so their types meet only in the contract: here and in the peer `any` is right.
// oxlint-disable-next-line typescript/no-explicit-any
export type Member = Method<any, any> | View<any>
/** service -> member -> what it is */
export type Contract = Readonly<Record<string, Readonly<Record<string, Member>>>>

/** Who calls: plain data chosen by the host when the channel was made, never sent by the client. */
export interface Caller {
  readonly window: string
}

/** `input` may be left out where it is `void`. Aborting rejects with the signal's reason and tells the host. */
export type Call<I, O> = (input: I, signal?: AbortSignal) => Promise<O>
/** `onEnd` is told once when the view was refused or its channel was lost; no value follows. */
export type Watch<T> = (on: (value: T) => void, onEnd?: (error: AppError) => void) => Unsubscribe

export type Client<C extends Contract> = {
  readonly [S in keyof C]: {
    readonly [K in keyof C[S]]: C[S][K] extends Method<infer I, infer O>
      ? Call<I, O>
      : C[S][K] extends View<infer T>
        ? Watch<T>
        : never
  }
}

export type Host<C extends Contract> = {
  readonly [S in keyof C]: {
    readonly [K in keyof C[S]]: C[S][K] extends Method<infer I, infer O>
      ? (input: I, by: Caller, signal: AbortSignal) => Promise<O>
      : C[S][K] extends View<infer T>
        ? (by: Caller) => Watchable<T>
        : never
  }
}

/** 'service.view' for every view of the contract. */
export type ViewPath<C extends Contract> = {
  [S in keyof C & string]: {
    [K in keyof C[S] & string]: C[S][K] extends View<unknown> ? `${S}.${K}` : never
  }[keyof C[S] & string]
}[keyof C & string]

export type ViewValue<C extends Contract, P extends string> = P extends `${infer S}.${infer K}`
  ? C[S][K] extends View<infer T>
    ? T
    : never
  : never

/** Long enough for a slow link, short enough that a person still remembers the click. */
const usualDeadlineMs = 10_000

export function method<I, O>(
  input: Schema<I>,
  output: Schema<O>,
  rules: { repeat: 'safe' | 'never'; deadlineMs?: number },
): Method<I, O> {
  return {
    kind: 'method',
    input,
    output,
    repeat: rules.repeat,
    deadlineMs: rules.deadlineMs ?? usualDeadlineMs,
  }
}

export function view<T>(value: Schema<T>): View<T> {
  return { kind: 'view', value }
}

/** Every member under its name on the wire. Throws where two could have the same one: a bug that stops the start. */
export function membersOf(contract: Contract): ReadonlyMap<string, Member> {
  const members = new Map<string, Member>()
  for (const [service, inside] of Object.entries(contract)) {
    for (const [name, member] of Object.entries(inside)) {
      if (`${service}${name}`.includes('.')) throw new Error(`a name may not have a dot: ${service} ${name}`)
      members.set(`${service}.${name}`, member)
    }
  }
  return members
}

/** Builds the object that callers hold: one function per member. */
export function clientOf<C extends Contract>(
  contract: C,
  build: (to: string, member: Member) => unknown,
): Client<C> {
  const services = Object.entries(contract).map(([service, inside]) => [
    service,
    Object.fromEntries(
      Object.entries(inside).map(([name, member]) => [name, build(`${service}.${name}`, member)]),
    ),
  ])
  return Object.fromEntries(services) as Client<C>
}
