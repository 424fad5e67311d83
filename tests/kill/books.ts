import type { CampaignRecord } from '../../shared/domain/campaign/record.ts'
import type { CampaignOutcome } from '../../shared/domain/campaign/outcomes.ts'
import type { Instant } from '../../shared/std/clock.ts'
import type { Ledger, WrappedUp } from './ledger.ts'
import { isSame } from './ledger.ts'

/** What the server's database says. */
export interface ServerAttempt {
  id: string
  record: string
  operator: string
  state: string
  startedAt: Instant | null
  wrappedUpAt: Instant | null
  savedAt: Instant | null
  callbackAt: Instant | null
  outcome: CampaignOutcome | null
  note: string
  answers: unknown
}
export type ServerRecord = Pick<CampaignRecord, 'state' | 'attempts' | 'closedAs'> & { id: string }
/** What a client's file says. */
export interface OutboxEntry {
  key: string
  attempt: string
  delivered: Instant | null
  refused: string | null
}

export interface Books {
  /** Records that the import counted as loaded. */
  imported: number
  records: readonly ServerRecord[]
  /** In the order in which they were offered. */
  attempts: readonly ServerAttempt[]
  /** Keys the server has noted as delivered. */
  deliveries: readonly string[]
  outbox: readonly OutboxEntry[]
  ledger: Ledger
}

const closing = new Set(['close-positive', 'close-negative', 'wrong-number', 'do-not-call'])

/** Everything that does not add up, in words; nothing where the books balance. */
export function problemsOf(books: Books): string[] {
  return [
    ...books.ledger.complaints,
    ...savedCalls(books),
    ...takenBack(books),
    ...skipped(books),
    ...unknownCalls(books),
    ...outboxes(books),
    ...records(books),
    ...workedTwice(books),
  ]
}

/** Every call that was shown as saved is on the server exactly once, word by word. */
function savedCalls({ ledger, attempts, deliveries, outbox }: Books): string[] {
  return ledger.wrappedUp.flatMap((mine) => {
    const found = attempts.filter(({ id }) => id === mine.attempt)
    const [only] = found
    const problem = (what: string) => `attempt ${mine.attempt}: ${what}`
    if (!only || found.length > 1) return [problem(`${found.length} times on the server`)]
    return [...onceDelivered(mine, { deliveries, outbox }), ...differences(mine, only).map(problem)]
  })
}

function onceDelivered(
  { key, attempt }: WrappedUp,
  { deliveries, outbox }: Pick<Books, 'deliveries' | 'outbox'>,
): string[] {
  const entries = outbox.filter((entry) => entry.key === key).length
  const delivered = deliveries.filter((each) => each === key).length
  return [
    ...(entries === 1 ? [] : [`attempt ${attempt}: its key is ${entries} times in the outboxes`]),
    ...(delivered === 1 ? [] : [`attempt ${attempt}: its key was delivered ${delivered} times`]),
  ]
}

/** What was taken back arrived as well, and was saved again: the second words are what `savedCalls` looks for. */
function takenBack({ ledger, ...books }: Books): string[] {
  return ledger.takenBack.flatMap((mine) => [
    ...onceDelivered(mine, books),
    ...(ledger.wrappedUp.some(({ attempt }) => attempt === mine.attempt)
      ? []
      : [`attempt ${mine.attempt}: taken back, and never saved again`]),
  ])
}

function skipped({ ledger, attempts }: Books): string[] {
  return ledger.skipped.flatMap((id) => {
    const found = attempts.find((attempt) => attempt.id === id)
    return found?.state === 'skipped' && found.startedAt === null
      ? []
      : [`attempt ${id}: skipped, and ${found?.state ?? 'nowhere'} on the server`]
  })
}

function differences(mine: WrappedUp, theirs: ServerAttempt): string[] {
  const pairs: [string, unknown, unknown][] = [
    ['state', 'wrapped-up', theirs.state],
    ['record', mine.record, theirs.record],
    ['operator', mine.operator, theirs.operator],
    ['outcome', mine.outcome, theirs.outcome?.code ?? null],
    ['note', mine.note, theirs.note],
    ['answers', mine.answers, theirs.answers],
    ['callback', mine.callbackAt, theirs.callbackAt],
    // Nobody was told when a save without an answer happened.
    ['saved at', mine.savedAt ?? theirs.savedAt, theirs.savedAt],
  ]
  return pairs
    .filter(([, own, other]) => !isSame(own, other))
    .map(([what, own, other]) => `${what} is ${JSON.stringify(other)}, not ${JSON.stringify(own)}`)
}

/** Nothing on the server that nobody did, nothing begun and left. */
function unknownCalls({ ledger, attempts }: Books): string[] {
  const counts = Map.groupBy(ledger.wrappedUp, ({ attempt }) => attempt as string)
  const twice = [...counts].filter(([, mine]) => mine.length > 1)
  const unknown = attempts.filter(({ id, state }) => state === 'wrapped-up' && !counts.has(id))
  const open = attempts.filter(({ state }) => state === 'started')
  return [
    ...twice.map(([id]) => `attempt ${id}: shown as saved twice`),
    ...unknown.map(({ id }) => `attempt ${id}: on the server, and nobody saved it`),
    ...open.map(({ id }) => `attempt ${id}: started, and nobody has it on the desk`),
  ]
}

function outboxes({ outbox }: Books): string[] {
  return outbox.flatMap(({ key, attempt, delivered, refused }) => [
    ...(refused === null ? [] : [`outbox ${key} of ${attempt}: refused with ${refused}`]),
    ...(delivered !== null || refused !== null ? [] : [`outbox ${key} of ${attempt}: never delivered`]),
  ])
}

/** No record is lost, and each counts its calls right. */
function records({ imported, records, attempts }: Books): string[] {
  const states = Map.groupBy(records, ({ state }) => state)
  const sum = [...states.values()].reduce((total, of) => total + of.length, 0)
  const ids = new Set(records.map(({ id }) => id))
  return [
    ...(sum === imported && ids.size === imported
      ? []
      : [`${imported} records were loaded, ${sum} are there`]),
    ...(states.get('working') ?? []).map(({ id }) => `record ${id}: still being worked`),
    ...records.flatMap((record) => {
      const started = attempts.filter(({ record: id, startedAt }) => id === record.id && startedAt !== null)
      const same = started.length === record.attempts
      return same ? [] : [`record ${record.id}: counts ${record.attempts} attempts of ${started.length}`]
    }),
  ]
}

/** No record was in two hands at once, nor in any after its closing outcome. */
function workedTwice({ records, attempts, ledger }: Books): string[] {
  return records.flatMap((record) => {
    const started = attempts.filter(({ record: id, startedAt }) => id === record.id && startedAt !== null)
    const closed = started.findIndex(({ outcome }) => outcome !== null && closing.has(outcome.effect))
    const problem = (what: string) => `record ${record.id}: ${what}`
    const early = started.some(({ startedAt }, index) => {
      const before = started[index - 1]
      return before !== undefined && (startedAt ?? 0) < (before.wrappedUpAt ?? Infinity)
    })
    const hands = ledger.inHand
      .filter((hand) => hand.record === record.id)
      .toSorted((a, b) => a.from - b.from)
    const overlap = hands.some(({ from }, index) => from < (hands[index - 1]?.to ?? 0))
    return [
      ...(closed >= 0 && closed < started.length - 1
        ? [problem('called again after its closing outcome')]
        : []),
      ...(closed >= 0 && record.closedAs === null ? [problem('open after its closing outcome')] : []),
      ...(early ? [problem('called again before its wrap-up')] : []),
      ...(overlap ? [problem('in two hands at once')] : []),
    ]
  })
}
