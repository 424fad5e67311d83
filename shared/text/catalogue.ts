/** A translation file's content: texts, nested by name. */
export interface Texts {
  readonly [name: string]: string | Texts
}

/** Every text with its full key. */
export function flatten(texts: Texts, prefix = ''): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' ? [[prefix + name, value]] : Array.from(flatten(value, `${prefix}${name}.`)),
    ),
  )
}

const forms = /(?:_(f|m))?(?:_(zero|one|two|few|many|other))?$/

export interface Form {
  /** the key as written in code */
  key: string
  gender: string | null
  plural: string | null
}

/** i18next appends the context and then the plural category to the key: ready_f, calls_one, seen_m_other. */
export function formOf(fullKey: string): Form {
  const found = forms.exec(fullKey)
  return {
    key: fullKey.replace(forms, ''),
    gender: found?.[1] ?? null,
    plural: found?.[2] ?? null,
  }
}

/** Names inside {{ }}, sorted. */
export const placeholders = (text: string): readonly string[] =>
  [...new Set([...text.matchAll(/\{\{-?\s*([\w.]+)[^}]*\}\}/g)].map((found) => found[1] ?? ''))].toSorted()

export interface KeysInCode {
  /** given to t() or i18nKey as a literal: must exist */
  asked: readonly string[]
  /** with ${} in them, as patterns: something must match */
  patterns: readonly string[]
  /** any quoted text shaped like a key: enough to count as used */
  mentioned: readonly string[]
}

const literal = /\b(?:t\(|i18nKey=\{?)\s*(['"`])([a-z][\w-]*(?:\.[\w-]+)+)\1/g
const template = /`([a-z][\w-]*\.[^`\s]*\$\{[^`]*)`/g
const quoted = /(['"`])([a-z][\w-]*(?:\.[\w-]+)+)\1/g

/** Which message keys a source text uses, as far as text alone can tell. */
export function keysInCode(source: string): KeysInCode {
  return {
    asked: [...source.matchAll(literal)].map((found) => found[2] ?? ''),
    patterns: [...source.matchAll(template)].map((found) => found[1] ?? ''),
    mentioned: [...source.matchAll(quoted)].map((found) => found[2] ?? ''),
  }
}

/** `errors.${code}.what` as a test of keys. */
export function patternToTest(pattern: string): RegExp {
  const parts = pattern
    .split(/\$\{[^}]*\}/)
    .map((part) => part.replaceAll(/[.*+?^()[\]{}|\\]/g, String.raw`\$&`))
  return new RegExp(`^${parts.join('[\\w.-]+')}$`)
}
