/**
 * `now`, built from the parts of `before` that say the same: whoever compares by identity sees exactly what changed, and
 * gets `before` itself where nothing did. For plain data; neither is touched.
 */
export function keepSame<T>(before: unknown, now: T): T {
  if (Object.is(before, now)) return now
  if (Array.isArray(before) && Array.isArray(now)) {
    const kept = now.map((part, index) => keepSame(before[index], part) as unknown)
    const isSame =
      kept.length === before.length && kept.every((part, index) => Object.is(part, before[index]))
    return (isSame ? before : kept) as T
  }
  if (!isRecord(before) || !isRecord(now)) return now
  const kept = Object.entries(now).map(([name, part]) => [name, keepSame(before[name], part)] as const)
  const isSame =
    kept.length === Object.keys(before).length &&
    kept.every(([name, part]) => Object.hasOwn(before, name) && Object.is(part, before[name]))
  return (isSame ? before : Object.fromEntries(kept)) as T
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
