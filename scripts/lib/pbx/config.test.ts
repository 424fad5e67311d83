import { describe, expect, test } from 'vitest'
import { linear, muLaw, tone } from './audio.mjs'
import { configuration, fill } from './config.mjs'
import { level, payloadOf } from './ears.mjs'

const values = {
  folder: '/srv/pbx',
  name: 'one',
  entityId: '01:02:03:04:05:06',
  moduleFolder: '/usr/lib/asterisk/modules',
  moduleList: '# a comment\nres_pjsip chan_pjsip # and why\n\npbx_config\n',
  httpPort: 18_088,
  sipPort: 15_060,
  carrierPort: 15_062,
  callerPorts: [15_063, 15_064],
  rtpStart: 20_000,
  rtpEnd: 20_999,
  ariUser: 'cuffia',
  ariPassword: 'secret-of-ari',
  ariApp: 'cuffia',
  phones: [
    { user: 'luca', password: 'secret-of-luca', kind: 'desk' as const },
    { user: 'anna', password: 'secret-of-anna', kind: 'web' as const },
  ],
}
const file = (name: string) => configuration(values)[name] ?? ''

describe('the configuration of a PBX', () => {
  test('leaves nothing of its templates open', () => {
    expect(Object.entries(configuration(values)).filter(([, text]) => text.includes('{{'))).toEqual([])
    expect(() => fill('{{missing}}', {})).toThrow('missing')
    expect(() => fill('{{toString}}', {})).toThrow('toString')
  })

  test('loads the modules of the list and no other', () => {
    expect(file('modules.conf').match(/^load = .*/gm)).toEqual([
      'load = res_pjsip.so',
      'load = chan_pjsip.so',
      'load = pbx_config.so',
    ])
    expect(file('modules.conf')).toContain('autoload = no')
  })

  test('listens on the loopback address alone', () => {
    const binds = Object.values(configuration(values)).flatMap(
      (text) => text.match(/^bind(addr)? *=.*/gm) ?? [],
    )
    expect(binds).toHaveLength(3)
    expect(binds.filter((line) => !line.includes('127.0.0.1'))).toEqual([])
  })

  test('knows the carrier and the callers by where they call from', () => {
    expect(file('pjsip.conf')).toContain('match = 127.0.0.1:15062,127.0.0.1:15063,127.0.0.1:15064')
  })

  test('keeps each secret in one file', () => {
    const files = Object.entries(configuration(values))
    const holders = (secret: string) =>
      files.filter(([, text]) => text.includes(secret)).map(([name]) => name)
    expect(holders('secret-of-ari')).toEqual(['ari.conf'])
    expect(holders('secret-of-luca')).toEqual(['pjsip.conf'])
  })

  test('gives a desk phone and a browser the template of its kind', () => {
    expect(file('pjsip.conf')).toMatch(/^\[luca\]\(desk-phone\)$/m)
    expect(file('pjsip.conf')).toMatch(/^\[anna\]\(browser\)$/m)
  })
})

describe('sound', () => {
  // ITU-T G.711, table 2a: silence, the largest values, and one step from zero on either side
  test.each([
    [0, 0xff],
    [32_767, 0x80],
    [-32_768, 0x00],
    [8, 0xfe],
    [-8, 0x7e],
    [1000, 0xce],
  ])('the sample %i is %i in mu-law', (sample, byte) => {
    expect(muLaw(sample)).toBe(byte)
  })

  test('a tone of 1000 Hz crosses zero upwards 1000 times a second', () => {
    const samples = tone([1000], 1)
    expect(samples).toHaveLength(8000)
    const upwards = samples.filter(
      (sample, index) => index > 0 && sample > 0 && (samples[index - 1] ?? 0) <= 0,
    )
    expect(Math.abs(upwards.length - 1000)).toBeLessThanOrEqual(1)
  })

  test('what mu-law writes it reads, every byte', () => {
    const bytes = Array.from({ length: 256 }, (_none, byte) => byte)
    // 0x7f is the negative zero
    expect(bytes.map((byte) => muLaw(linear(byte)))).toEqual(
      bytes.map((byte) => (byte === 0x7f ? 0xff : byte)),
    )
  })

  test('a tone is found at its frequency and level, and not beside it', () => {
    const samples = tone([440], 0.5, 0.5)
    expect(level(samples, 440)).toBeCloseTo(0.49, 1)
    expect(level(samples, 620)).toBeLessThan(0.01)
    expect(level(new Int16Array(4000), 440)).toBe(0)
    expect(level(new Int16Array(), 440)).toBe(0)
  })

  test('a packet of RTP is read whatever its header carries', () => {
    const head = [0x80, 0x00, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1]
    const sound = [0x11, 0x22]
    const read = (bytes: number[]) => payloadOf(Buffer.from(bytes))
    expect(read([...head, ...sound])).toEqual(Buffer.from(sound))
    expect(read([0x91, ...head.slice(1), 9, 9, 9, 9, 0, 0, 0, 1, 8, 8, 8, 8, ...sound])).toEqual(
      Buffer.from(sound),
    )
    expect(read([0xa0, ...head.slice(1), ...sound, 0, 2])).toEqual(Buffer.from(sound))
    // telephone events, and what is no RTP
    expect(read([0x80, 101, ...head.slice(2), ...sound])).toBeUndefined()
    expect(read([1, 2, 3])).toBeUndefined()
  })
})
