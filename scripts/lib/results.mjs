// What a run of tests comes to, as plain data: `{ passed, skipped, failures }`, a failure being the line that tells it.

export const nothing = { passed: 0, skipped: 0, failures: [] }

export const added = (left, right) => ({
  passed: left.passed + right.passed,
  skipped: left.skipped + right.skipped,
  failures: [...left.failures, ...right.failures],
})

const colours = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g')
const firstLine = (text) => text.replaceAll(colours, '').trim().split('\n', 1)[0]
const told = (name, why) => (why ? `${name}: ${firstLine(why)}` : name)

/** From the JSON of Vitest; a file that did not load counts as one failure. */
export function fromVitest({ numPassedTests, numPendingTests, numTodoTests, testResults }) {
  const failures = testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed')
    if (failed.length === 0) return status === 'failed' ? [told(name, message)] : []
    return failed.map((test) => told(`${name} › ${test.fullName}`, test.failureMessages[0]))
  })
  return { passed: numPassedTests, skipped: numPendingTests + numTodoTests, failures }
}

const specsOf = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)]

/** From the JSON of Playwright; an error outside the tests counts as one failure. */
export function fromPlaywright({ stats, errors, suites }) {
  const failed = suites
    .flatMap(specsOf)
    .flatMap(({ file, title, tests }) =>
      tests
        .filter((test) => test.status === 'unexpected')
        .map((test) =>
          told(`${test.projectName} › ${file} › ${title}`, test.results.at(-1)?.error?.message ?? ''),
        ),
    )
  return {
    passed: stats.expected + stats.flaky,
    skipped: stats.skipped,
    failures: [...failed, ...errors.map((error) => told('outside the tests', error.message ?? ''))],
  }
}

/** The closing lines: each failure by name, since it scrolled away long ago, then the count. */
export const closing = ({ passed, skipped, failures }) => [
  ...failures.map((failure) => `FAILED  ${failure}`),
  `${passed} passed, ${failures.length} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`,
]
