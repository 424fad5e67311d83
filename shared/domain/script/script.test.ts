import { readFileSync } from 'node:fs'
import { Model } from 'survey-core'
import { describe, expect, it } from 'vitest'
import { validateAnswers } from './answers.ts'
import { checkDocument } from './document.ts'
import { mergeValues } from './merge.ts'
import { pages } from './pages.ts'
import type { QuestionView, TextView } from './pages.ts'
import type { Answers, ScriptDocument } from './types.ts'

const file = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../resources/demo/${name}`, import.meta.url), 'utf8'))
const checked = (json: unknown): ScriptDocument => {
  const result = checkDocument(json)
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.document
}
const demo = checked(file('fibra-primavera.json'))
const values = mergeValues(
  {
    firstName: 'Maria',
    lastName: 'Esposito',
    city: 'Napoli',
    street: null,
    custom: { 'N. contratto': 'A12' },
  },
  { firstName: 'Anna', lastName: 'Russo' },
  { code: 'FP26', description: 'Fibra Primavera' },
)
const names = (answers: Answers) => pages(demo, answers, values).pages.map(({ name }) => name)
const element = (answers: Answers, name: string) =>
  pages(demo, answers, values)
    .pages.flatMap(({ elements }) => elements)
    .find((candidate) => candidate.name === name)
const spoken = (answers: Answers, name: string) =>
  (element(answers, name) as TextView | undefined)?.text.map(({ text }) => text).join('')

const small = (...elements: unknown[]) => ({ pages: [{ name: 'one', elements }] })
const problems = (json: unknown) => {
  const result = checkDocument(json)
  return result.ok ? [] : result.problems.map(({ path, code }) => `${path}: ${code}`)
}

describe('the documents that come with the program', () => {
  it.each(['fibra-primavera.json', 'spring-fibre.json'])(
    '%s is sound and SurveyJS reads it whole',
    (name) => {
      const document = checked(file(name))
      expect(document.pages).toHaveLength(5)
      const model = new Model(file(name))
      const complaints = (model.jsonErrors ?? []).filter(
        ({ message }) => !/cuffia(Kind|Sensitive)/.test(message),
      )
      expect(complaints).toEqual([])
    },
  )

  it('are the same script in two languages', () => {
    const shape = (name: string) =>
      checked(file(name)).pages.map(({ elements }) => elements.map(({ type }) => type))
    expect(shape('spring-fibre.json')).toEqual(shape('fibra-primavera.json'))
  })
})

describe('a document is refused', () => {
  const say = { type: 'html', name: 'hello', html: 'Ciao' }

  it.each([
    ['that is no object', null, ': not-a-document'],
    ['without pages', { pages: [] }, 'pages: no-pages'],
    ['with a page without elements', { pages: [{ name: 'one', elements: [] }] }, 'pages[0]: no-elements'],
    ['with a property that we do not run', { ...small(say), triggers: [] }, 'triggers: unknown-property'],
    [
      'with an element that we do not draw',
      small({ type: 'matrix', name: 'm' }),
      'pages[0].elements[0].type: unknown-type',
    ],
    [
      'with markup in words to say',
      small({ ...say, html: 'Ciao <b>Maria</b>' }),
      'pages[0].elements[0].html: markup',
    ],
    [
      'with a script',
      small({ ...say, html: '<script>alert(1)</script>' }),
      'pages[0].elements[0].html: markup',
    ],
    ['with an empty text', small({ ...say, html: ' ' }), 'pages[0].elements[0].html: text-missing'],
    ['with two elements of one name', small(say, say), 'pages[0].elements[1].name: name-taken'],
    [
      'with a name that hides the contact',
      small({ ...say, name: 'contact' }),
      'pages[0].elements[0].name: bad-name',
    ],
    [
      'with a name that reaches into objects',
      small({ ...say, name: '__proto__' }),
      'pages[0].elements[0].name: bad-name',
    ],
    [
      'with a condition that cannot be read',
      small({ ...say, visibleIf: '{contact.city} =' }),
      'pages[0].elements[0].visibleIf: bad-expression',
    ],
    [
      'with an unknown function',
      small({ ...say, visibleIf: 'fetch({contact.city})' }),
      'pages[0].elements[0].visibleIf: unknown-function',
    ],
    [
      'with a condition on no question',
      small({ ...say, visibleIf: "{q1} = 'a'" }),
      'pages[0].elements[0].visibleIf: unknown-field',
    ],
    [
      'with an unknown merge field',
      small({ ...say, html: '{contact.nome}' }),
      'pages[0].elements[0].html: unknown-field',
    ],
    [
      'with a choice twice',
      small({ type: 'dropdown', name: 'q', choices: ['a', { value: 'a' }] }),
      'pages[0].elements[0].choices[1]: choice-taken',
    ],
    [
      'with a question without choices',
      small({ type: 'radiogroup', name: 'q' }),
      'pages[0].elements[0].choices: choices-missing',
    ],
    [
      'with a scale that no key reaches',
      small({ type: 'rating', name: 'q', rateMax: 20 }),
      'pages[0].elements[0].rateMax: wrong-value',
    ],
    [
      'with an unknown kind of input',
      small({ type: 'text', name: 'q', inputType: 'password' }),
      'pages[0].elements[0].inputType: wrong-value',
    ],
    [
      'with an objection that nobody raises',
      small({ ...say, cuffiaKind: 'objection' }),
      'pages[0].elements[0].title: text-missing',
    ],
  ])('%s', (_, json, problem) => {
    expect(problems(json)).toEqual([problem])
  })

  it('with every problem at once, each with its place and the key of its explanation', () => {
    const result = checkDocument(small({ type: 'matrix', name: '1' }))
    expect(result).toEqual({
      ok: false,
      problems: [
        { path: 'pages[0].elements[0].name', code: 'bad-name', messageKey: 'script.problems.bad-name' },
        {
          path: 'pages[0].elements[0].type',
          code: 'unknown-type',
          messageKey: 'script.problems.unknown-type',
        },
      ],
    })
  })

  it('when it is too big', () => {
    const many = Array.from({ length: 501 }, (_, index) => ({ ...say, name: `s${index}` }))
    expect(problems(small(...many))).toEqual(['pages: too-big'])
    expect(problems({ ...small(say), title: 'x'.repeat(600_000) })).toEqual([': too-big'])
  })

  it('but not for a price that is less than another', () => {
    expect(problems(small({ ...say, html: 'Se spende < 30 euro & oltre' }))).toEqual([])
  })
})

describe('the script as the operator sees it', () => {
  it('has the names of contact and operator in it, marked', () => {
    expect((element({}, 'saluto') as TextView).text).toEqual([
      { text: 'Buongiorno, sono ', merged: false },
      { text: 'Anna', merged: true },
      { text: ' e chiamo per conto di Telenova. Parlo con ', merged: false },
      { text: 'Maria Esposito', merged: true },
      { text: '?', merged: false },
    ])
  })

  it('knows the fields that only this campaign has, and answers given before; a field without a word is seen', () => {
    const document = checked(
      small(
        {
          type: 'radiogroup',
          name: 'q',
          choices: [
            { value: 1, text: 'uno' },
            { value: 2, text: 'due' },
          ],
        },
        {
          type: 'html',
          name: 'say',
          html: 'Contratto {contact.custom.N contratto} di {contact.custom.altro}: {q}',
        },
      ),
    )
    const custom = mergeValues({ custom: { 'N contratto': 'A12' } }, {}, {})
    const view = pages(document, { q: 2 }, custom).pages[0]?.elements[1] as TextView
    expect(view.text.map(({ text }) => text).join('')).toBe('Contratto A12 di …: due')
  })

  it('opens with the first page and the last, and grows with the answers', () => {
    expect(names({})).toEqual(['apertura', 'chiusura'])
    const on: Answers = { interlocutore: 'intestatario', prosegue: 'si' }
    expect(names(on)).toEqual(['apertura', 'presentazione', 'esigenze', 'offerta', 'chiusura'])
    expect(spoken({ ...on, spesa: 39 }, 'confronto')).toContain('circa 39 euro')
    expect(spoken({ ...on, spesa: 20 }, 'confronto')).toBeUndefined()
    expect(spoken({ ...on, usi: ['film', 'lavoro'] }, 'lavoro-da-casa')).toContain('300 megabit')
  })

  it('tells words to say, notes to the operator and objections apart', () => {
    const kinds = pages(demo, {}, values).pages[0]?.elements.map(({ kind }) => kind)
    expect(kinds).toEqual(['say', 'instruction', 'question', 'objection'])
  })

  it('gives each question all that is needed to draw it', () => {
    const question = element(
      { interlocutore: 'intestatario', prosegue: 'si', soddisfazione: 4 },
      'soddisfazione',
    )
    expect(question).toMatchObject({
      kind: 'question',
      type: 'rating',
      value: 4,
      required: false,
    } satisfies Partial<QuestionView>)
    expect((question as QuestionView).choices).toEqual([
      { value: 1, text: '1 per niente' },
      { value: 2, text: '2' },
      { value: 3, text: '3' },
      { value: 4, text: '4' },
      { value: 5, text: '5 molto' },
    ])
  })

  it('tells which answers are nobody’s business but the contract’s', () => {
    const answers = { interlocutore: 'intestatario', prosegue: 'si', risposta: 'accetta' }
    expect(element(answers, 'iban')).toMatchObject({ sensitive: true, required: false })
    expect(element(answers, 'email')).toMatchObject({ sensitive: false })
  })

  it('counts what is answered and what is missing, of visible questions only', () => {
    expect(pages(demo, {}, values).progress).toEqual({ questions: 2, answered: 0, missing: 1 })
    expect(pages(demo, { interlocutore: 'intestatario', registrazione: false }, values).progress).toEqual({
      questions: 4,
      answered: 2,
      missing: 1,
    })
  })

  it('shows and hides exactly what SurveyJS itself would, also on questions answered and then hidden', () => {
    const model = new Model({ ...(file('fibra-primavera.json') as object), clearInvisibleValues: 'onHidden' })
    for (const [name, value] of Object.entries(values)) model.setVariable(name, value)
    const steps: [string, string | number | string[]][] = [
      ['interlocutore', 'familiare'],
      ['interlocutore', 'intestatario'],
      ['prosegue', 'si'],
      ['connessione', 'fibra'],
      ['soddisfazione', 4],
      ['spesa', 26],
      ['usi', ['scuola']],
      ['risposta', 'accetta'],
      ['connessione', 'nessuna'],
      ['risposta', 'rifiuta'],
    ]
    const answers: Record<string, string | number | string[]> = {}
    for (const [name, value] of steps) {
      model.setValue(name, value)
      answers[name] = value
      const expected = model.getAllQuestions().filter(({ isVisible, page }) => isVisible && page.isVisible)
      const shown = pages(demo, answers, values).pages.flatMap(({ elements }) =>
        elements.map(({ name }) => name),
      )
      expect(shown).toEqual(expected.map(({ name }) => name))
    }
  })
})

describe('answers', () => {
  const given: Answers = { interlocutore: 'intestatario', registrazione: true, prosegue: 'no' }
  const validate = (answers: unknown, complete = false) => {
    const result = validateAnswers(demo, answers, { complete, values })
    return result.ok ? result.answers : result.problems.map(({ question, code }) => `${question}: ${code}`)
  }

  it('may be unfinished while the call goes on, and are complete at its end', () => {
    expect(validate({})).toEqual({})
    expect(validate({}, true)).toEqual(['interlocutore: required'])
    expect(validate({ interlocutore: 'intestatario' }, true)).toEqual([
      'registrazione: required',
      'prosegue: required',
    ])
    expect(validate(given, true)).toEqual(given)
  })

  it('of a branch that was left are not kept', () => {
    expect(validate({ ...given, risposta: 'accetta', email: 'm@example.it' }, true)).toEqual(given)
  })

  it('of no question, of the wrong kind or beyond their limits are refused', () => {
    expect(validate({ altro: 1 })).toEqual(['altro: unknown-question'])
    expect(validate({ saluto: 'x' })).toEqual(['saluto: unknown-question'])
    expect(validate({ interlocutore: 'nessuno' })).toEqual(['interlocutore: not-a-choice'])
    expect(validate({ registrazione: 'si' })).toEqual(['registrazione: wrong-type'])
    expect(validate({ spesa: '30' })).toEqual(['spesa: wrong-type'])
    expect(validate({ spesa: 501 })).toEqual(['spesa: out-of-range'])
    expect(validate({ soddisfazione: 2.5 })).toEqual(['soddisfazione: wrong-type'])
    expect(validate({ usi: ['lavoro', 'lavoro'] })).toEqual(['usi: not-a-choice'])
    expect(validate({ usi: 'lavoro' })).toEqual(['usi: wrong-type'])
    expect(validate({ email: 'maria' })).toEqual(['email: wrong-type'])
    expect(validate({ 'giorno-sopralluogo': '2026-02-30' })).toEqual(['giorno-sopralluogo: wrong-type'])
    expect(validate({ annotazioni: 'x'.repeat(1001) })).toEqual(['annotazioni: too-long'])
    expect(validate(JSON.parse('{"__proto__": 1}'))).toEqual(['__proto__: unknown-question'])
    expect(validate('x')).toEqual([': wrong-type'])
  })
})
