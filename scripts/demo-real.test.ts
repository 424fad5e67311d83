import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const demo = (...args: string[]) =>
  spawnSync(process.execPath, [join(root, 'scripts', 'demo-real.mjs'), ...args], {
    encoding: 'utf8',
    // a database of whoever runs this is none of its business
    env: { ...process.env, DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/nothing' },
  })

describe('npm run demo:real', () => {
  test('--help says what it starts, how long it takes and where its data is', () => {
    const { status, stdout } = demo('--help')
    expect(status).toBe(0)
    for (const words of ['Asterisk 22', 'SIPp', 'about a minute', '--data-dir', 'Ctrl+C']) {
      expect(stdout).toContain(words)
    }
  })

  test.each(['--server=http://127.0.0.1:8643', '--pbx-config=x.json', '--no-demo', '--reset-demo'])(
    '%s is refused: the demo brings its own',
    (option) => {
      const { status, stderr } = demo(option)
      expect(status).toBe(1)
      expect(stderr).toContain('demo:real takes no --')
    },
  )
})
