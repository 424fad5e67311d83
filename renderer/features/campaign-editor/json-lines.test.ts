import { describe, expect, it } from 'vitest'
import { lineOfPath, lineOfSyntaxError, linesOfPaths } from './json-lines.ts'

const text = `{
  "title": "a, b: {c}",
  "pages": [
    {
      "name": "one",
      "elements": [
        { "type": "html", "html": "\\"x\\"\\n" },
        { "type": "text",
          "name": "q", "min": -1 }
      ]
    }
  ]
}`

describe('the lines of a JSON text', () => {
  it('are found for every path', () => {
    const lines = linesOfPaths(text)
    expect(lines.get('title')).toBe(2)
    expect(lines.get('pages[0].name')).toBe(5)
    expect(lines.get('pages[0].elements[0].html')).toBe(7)
    expect(lines.get('pages[0].elements[1].min')).toBe(9)
  })
  it('lead to the nearest part that is there when a property is missing', () => {
    const lines = linesOfPaths(text)
    expect(lineOfPath(lines, 'pages[0].elements[1].choices')).toBe(8)
    expect(lineOfPath(lines, 'pages[7].elements')).toBe(3)
    expect(lineOfPath(lines, '')).toBe(1)
  })
  it('end, whatever the text', () => {
    for (const broken of ['', '{', '{"a"', '[1,', '{"a":[{"b":"', '{a}', ']']) {
      expect(lineOfPath(linesOfPaths(broken), 'pages[0]')).toBe(1)
    }
  })
})

describe('a syntax error', () => {
  it('is found by its line', () => {
    const broken = '{\n "a": 1,\n "b" 2\n}'
    const error = (() => {
      try {
        return JSON.parse(broken) as unknown
      } catch (caught) {
        return caught
      }
    })()
    expect(lineOfSyntaxError(error, broken)).toBe(3)
  })
})
