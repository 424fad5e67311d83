import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readOptions } from './options.mjs'

describe('the options of npm start', () => {
  test('start server and client on this machine when nothing is said', () => {
    expect(readOptions([], {})).toMatchObject({
      server: undefined,
      port: 8642,
      serverPort: 8643,
      demo: 'offer',
    })
  })

  test('with a server given start only the client, in a data folder of its own', () => {
    const options = readOptions(['--server=http://127.0.0.1:8643/', '--port=8652'], {})
    expect(options.server).toBe('http://127.0.0.1:8643')
    expect(options.dataDir).not.toBe(readOptions([], {}).dataDir)
    expect(options.dataDir).toMatch(/-client-8652$/)
  })

  test('name the settings of a PBX by their whole path', () => {
    expect(readOptions(['--pbx-config=package.json'], {}).pbxConfig).toBe(resolve('package.json'))
    expect(readOptions([], {}).pbxConfig).toBeUndefined()
  })

  test.each([
    [['--server=127.0.0.1:8643'], /takes an address like/],
    [['--server=http://127.0.0.1:8643', '--reset-demo'], /exclude each other/],
    [['--server=http://127.0.0.1:8643', '--pbx-config=package.json'], /exclude each other/],
    [['--pbx-config=no-such-file'], /no-such-file cannot be read \(ENOENT\)/],
    [['--reset-demo', '--no-demo'], /exclude each other/],
    [['--port=8643'], /must differ/],
    [['--shell=firefox'], /electron or browser/],
    [['--simulator-speed=fast'], /takes a number/],
    [['--colour'], /lists the options/],
  ])('%j is refused with what is wrong', (args, words) => {
    expect(() => readOptions(args, {})).toThrow(words)
  })
})
