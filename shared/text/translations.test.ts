import { globSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { errorCodes, type ErrorCode } from '../std/errors.ts'
import { flatten, formOf, keysInCode, patternToTest, placeholders, type Texts } from './catalogue.ts'
import { errorKeys, languages, type Language } from './keys.ts'

const root = resolve(import.meta.dirname, '../..')
const languageNames = Object.keys(languages) as Language[]

function textsOf(language: Language): ReadonlyMap<string, string> {
  const folder = join(root, 'resources/translations', language)
  const files = globSync('*.json', { cwd: folder })
  const byArea = files.map((file): [string, Texts] => [
    basename(file, '.json'),
    JSON.parse(readFileSync(join(folder, file), 'utf8')) as Texts,
  ])
  return flatten(Object.fromEntries(byArea))
}

const texts = { it: textsOf('it'), en: textsOf('en') }
const keys = { it: keysOf(texts.it), en: keysOf(texts.en) }
const areas = new Set([...keys.it].map((key) => key.split('.')[0] ?? ''))

function keysOf(all: ReadonlyMap<string, string>): ReadonlySet<string> {
  return new Set([...all.keys()].map((full) => formOf(full).key))
}

const sources = globSync(['renderer/**/*.{ts,tsx}', 'main/**/*.ts', 'shared/text/*.ts'], {
  cwd: root,
}).filter((file) => !/\.test\.tsx?$/.test(file))
const used = sources.map((file) => ({ file, found: keysInCode(readFileSync(join(root, file), 'utf8')) }))
const patterns = used.flatMap(({ file, found }) =>
  found.patterns
    .filter((pattern) => areas.has(pattern.split('.')[0] ?? ''))
    .map((pattern) => ({ file, pattern })),
)

describe('the two languages', () => {
  it('have the same keys', () => {
    expect([...keys.it].filter((key) => !keys.en.has(key))).toEqual([])
    expect([...keys.en].filter((key) => !keys.it.has(key))).toEqual([])
  })

  it('have no empty text', () => {
    for (const language of languageNames) {
      expect([...texts[language]].filter(([, text]) => text.trim() === '')).toEqual([])
    }
  })

  it('use the same placeholders in every form of a key', () => {
    const namesByKey = new Map<string, Set<string>>()
    for (const [full, text] of [...texts.it, ...texts.en]) {
      const { key, plural } = formOf(full)
      // "one" may say it without the figure: "una chiamata"
      const names = placeholders(text).filter((name) => !(plural !== null && name === 'count'))
      namesByKey.set(key, (namesByKey.get(key) ?? new Set()).add(names.join(', ')))
    }
    expect([...namesByKey].filter(([, variants]) => variants.size > 1)).toEqual([])
  })

  it('have every plural form that the language needs', () => {
    for (const language of languageNames) {
      const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories
      const found = Map.groupBy(
        [...texts[language].keys()].map(formOf).filter(({ plural }) => plural !== null),
        ({ key, gender }) => `${key} ${gender ?? ''}`,
      )
      const incomplete = [...found].filter(([, forms]) =>
        needed.some((name) => !forms.some(({ plural }) => plural === name)),
      )
      expect(incomplete.map(([key]) => `${language} ${key}`)).toEqual([])
    }
  })

  it('have a neutral form, and both others, wherever a text depends on the gender of the user', () => {
    for (const language of languageNames) {
      const byKey = Map.groupBy([...texts[language].keys()].map(formOf), ({ key }) => key)
      const gendered = [...byKey].filter(([, forms]) => forms.some(({ gender }) => gender !== null))
      const incomplete = gendered.filter(([, forms]) => new Set(forms.map(({ gender }) => gender)).size < 3)
      expect(incomplete.map(([key]) => `${language} ${key}`)).toEqual([])
    }
  })

  it('raise their voice nowhere: no exclamation marks', () => {
    for (const language of languageNames) {
      expect([...texts[language]].filter(([, text]) => text.includes('!'))).toEqual([])
    }
  })
})

describe('keys in code', () => {
  it('exist', () => {
    const missing = used.flatMap(({ file, found }) =>
      found.asked.filter((key) => !keys.it.has(key)).map((key) => `${file}: ${key}`),
    )
    expect(missing).toEqual([])
  })

  it('that are put together from parts match something', () => {
    const missing = patterns.filter(
      ({ pattern }) => ![...keys.it].some((key) => patternToTest(pattern).test(key)),
    )
    expect(missing).toEqual([])
  })

  it('use every text: none is left over', () => {
    const mentioned = new Set(used.flatMap(({ found }) => found.mentioned))
    const tests = patterns.map(({ pattern }) => patternToTest(pattern))
    const unused = [...keys.it].filter((key) => !mentioned.has(key) && !tests.some((test) => test.test(key)))
    expect(unused).toEqual([])
  })
})

describe('errors', () => {
  it('have their three sentences in both languages, for every code', () => {
    const needed = (Object.keys(errorCodes) as ErrorCode[]).flatMap((code) => Object.values(errorKeys(code)))
    for (const language of languageNames) {
      expect(needed.filter((key) => !texts[language].has(key))).toEqual([])
      expect([...texts[language].keys()].filter((key) => key.startsWith('errors.')).toSorted()).toEqual(
        needed.toSorted(),
      )
    }
  })
})
