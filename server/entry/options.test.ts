import { describe, expect, test } from 'vitest'
import { readOptions } from './options.ts'

describe('the command line', () => {
  test('has defaults that listen on this machine only', () => {
    expect(readOptions(['--data-dir', 'x'], {})).toEqual({
      port: 8643,
      host: '127.0.0.1',
      dataDir: 'x',
      databaseUrl: null,
      demo: 'none',
      logLevel: 'info',
      pbx: null,
      recordings: { dir: null, keys: null, days: 90 },
      callerDays: 90,
    })
  })

  test('takes the settings of the PBX from a file before the environment', () => {
    const environment = { CUFFIA_PBX: '{}' }
    expect(readOptions(['--data-dir', 'x'], environment).pbx).toEqual({ json: '{}' })
    const args = ['--data-dir', 'x', '--pbx-config', 'pbx.json']
    expect(readOptions(args, environment).pbx).toEqual({ file: 'pbx.json' })
  })

  test('prefers the database it names to the one of the environment', () => {
    const environment = { DATABASE_URL: 'postgres://b' }
    expect(readOptions([], environment).databaseUrl).toBe('postgres://b')
    expect(readOptions(['--database-url', 'postgres://a'], environment).databaseUrl).toBe('postgres://a')
  })

  test('takes the keys of recordings from the environment alone, and how long they are kept', () => {
    const args = ['--data-dir', 'x', '--recordings-dir', 'y', '--recording-days', '365']
    const environment = { CUFFIA_RECORDING_KEYS: 'one,two', CUFFIA_RECORDING_DAYS: '30' }
    expect(readOptions(args, environment).recordings).toEqual({ dir: 'y', keys: 'one,two', days: 365 })
    expect(readOptions(['--data-dir', 'x'], environment).recordings.days).toBe(30)
  })

  test('takes how long callers are kept, by the option before the environment', () => {
    const environment = { CUFFIA_CALLER_DAYS: '30' }
    expect(readOptions(['--data-dir', 'x'], environment).callerDays).toBe(30)
    expect(readOptions(['--data-dir', 'x', '--caller-days', '7'], environment).callerDays).toBe(7)
  })

  test.each([
    [['--port', '70000', '--data-dir', 'x'], '--port'],
    [['--port', 'http', '--data-dir', 'x'], '--port'],
    [['--demo', 'yes', '--data-dir', 'x'], '--demo'],
    [['--log-level', 'loud', '--data-dir', 'x'], '--log-level'],
    [['--recording-days', '0', '--data-dir', 'x'], '--recording-days'],
    [['--caller-days', '6', '--data-dir', 'x'], '--caller-days'],
    [['--unknown'], '--unknown'],
    [[], '--data-dir'],
  ])('%j is refused with the name of the option', (args, named) => {
    expect(() => readOptions(args, {})).toThrow(named)
  })
})
