import { expect, test } from 'vitest'
import { added, closing, fromPlaywright, fromVitest, nothing } from './results.mjs'

const red = '\u001B[31mexpected 1 to be 2\u001B[39m\n    at line 3'

test('a run of Vitest names each failed test, and each file that did not load', () => {
  const run = fromVitest({
    numPassedTests: 4,
    numPendingTests: 1,
    numTodoTests: 1,
    testResults: [
      {
        name: 'a.test.ts',
        status: 'failed',
        message: '',
        assertionResults: [
          { status: 'passed', fullName: 'holds', failureMessages: [] },
          { status: 'failed', fullName: 'does not', failureMessages: [red] },
        ],
      },
      { name: 'b.test.ts', status: 'failed', message: 'cannot find c.ts', assertionResults: [] },
      { name: 'd.test.ts', status: 'passed', message: '', assertionResults: [] },
    ],
  })
  expect(run).toEqual({
    passed: 4,
    skipped: 2,
    failures: ['a.test.ts › does not: expected 1 to be 2', 'b.test.ts: cannot find c.ts'],
  })
})

test('a run of Playwright names each failed test wherever it stands, and errors outside of them', () => {
  const failed = { projectName: 'web', status: 'unexpected', results: [{ error: { message: red } }] }
  const held = { projectName: 'web', status: 'expected', results: [{}] }
  const run = fromPlaywright({
    stats: { expected: 2, flaky: 0, skipped: 1 },
    errors: [{ message: 'no server' }],
    suites: [
      {
        specs: [{ file: 'a.spec.ts', title: 'holds', tests: [held] }],
        suites: [{ specs: [{ file: 'a.spec.ts', title: 'does not', tests: [failed, held] }] }],
      },
    ],
  })
  expect(run).toEqual({
    passed: 2,
    skipped: 1,
    failures: ['web › a.spec.ts › does not: expected 1 to be 2', 'outside the tests: no server'],
  })
})

test('the closing lines name what failed, then count', () => {
  const one = { passed: 2, skipped: 0, failures: ['a › b'] }
  expect(closing(added(added(nothing, one), { passed: 1, skipped: 3, failures: [] }))).toEqual([
    'FAILED  a › b',
    '3 passed, 1 failed, 3 skipped',
  ])
  expect(closing({ passed: 1, skipped: 0, failures: [] })).toEqual(['1 passed, 0 failed'])
})
