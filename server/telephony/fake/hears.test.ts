import { beforeEach, expect, test } from 'vitest'
import { testClock } from '../../../tests/support/clock.ts'
import { silentLog } from '../../../shared/std/log.ts'
import { fakeTelephony } from './fake.ts'

/** The same as by tones on the real Asterisk. Ann and Bob are in one bridge, Cleo is alone. */
let given: Awaited<ReturnType<typeof threeCalls>>
beforeEach(async () => {
  given = await threeCalls()
})

async function threeCalls() {
  const clock = testClock()
  const { telephony, pbx } = fakeTelephony({ clock, log: silentLog })
  telephony.open()
  clock.advance(1)
  for (const id of ['ann', 'bob', 'cleo']) {
    await telephony.createChannel({
      id,
      to: { kind: 'trunk', number: '+393312345655', callerId: '' },
      timeoutMs: 20_000,
    })
    await telephony.dial(id)
  }
  clock.advance(2_000)
  await telephony.createBridge('talk')
  for (const id of ['ann', 'bob']) await telephony.addToBridge('talk', id)
  const hears = (id: string) => [...pbx.hears(id)].toSorted()
  return { telephony, pbx, clock, hears }
}

test('who is in one bridge hears the others and nobody else', async () => {
  const { telephony, hears } = given
  expect([hears('ann'), hears('bob'), hears('cleo')]).toEqual([['bob'], ['ann'], []])
  await telephony.addToBridge('talk', 'cleo')
  expect([hears('ann'), hears('bob'), hears('cleo')]).toEqual([
    ['bob', 'cleo'],
    ['ann', 'cleo'],
    ['ann', 'bob'],
  ])
})

test('a blind transfer moves the voice', async () => {
  const { telephony, hears } = given
  await telephony.createBridge('other')
  for (const id of ['cleo', 'bob']) await telephony.addToBridge('other', id)
  expect([hears('ann'), hears('bob'), hears('cleo')]).toEqual([[], ['cleo'], ['bob']])
})

test('who waits with music hears it alone, and is still heard', async () => {
  const { telephony, hears } = given
  await telephony.startMusic('bob')
  expect([hears('ann'), hears('bob')]).toEqual([['bob'], ['music']])
  await telephony.stopMusic('bob')
  expect(hears('bob')).toEqual(['ann'])
})

test('a hold by the phone silences both ways until it resumes', () => {
  const { pbx, hears } = given
  pbx.party.holds('ann')
  expect([hears('ann'), hears('bob')]).toEqual([[], []])
  pbx.party.resumes('ann')
  expect([hears('ann'), hears('bob')]).toEqual([['bob'], ['ann']])
})

test.each([
  ['in', ['bob'], []],
  ['out', [], ['ann']],
  ['both', [], []],
] as const)('ann muted %s hears %j, and bob hears %j', async (direction, ann, bob) => {
  const { telephony, hears } = given
  await telephony.mute('ann', direction)
  expect([hears('ann'), hears('bob')]).toEqual([ann, bob])
  await telephony.unmute('ann', direction)
  expect([hears('ann'), hears('bob')]).toEqual([['bob'], ['ann']])
})

test('a sound on a bridge is heard by all beside the voices, one on a channel by that channel alone', async () => {
  const { telephony, hears, clock } = given
  await telephony.play({ id: 'notice', on: { bridge: 'talk' }, sound: 'sound:beep' })
  expect([hears('ann'), hears('bob')]).toEqual([
    ['bob', 'sound:beep'],
    ['ann', 'sound:beep'],
  ])
  clock.advance(1_000)
  await telephony.play({ id: 'tone', on: { channel: 'bob' }, sound: 'tone:ring' })
  expect([hears('ann'), hears('bob')]).toEqual([['bob'], ['tone:ring']])
})

/** Cleo is the supervisor: her snoop channel is in her own bridge. */
async function supervise(whisper: 'none' | 'out') {
  const { telephony } = given
  await telephony.createBridge('supervisor')
  await telephony.addToBridge('supervisor', 'cleo')
  await telephony.snoop({ id: 'snoop', channel: 'ann', spy: 'both', whisper })
  await telephony.addToBridge('supervisor', 'snoop')
}

test('a listening supervisor hears both and is heard by nobody', async () => {
  await supervise('none')
  const { hears } = given
  expect([hears('ann'), hears('bob'), hears('cleo')]).toEqual([['bob'], ['ann'], ['ann', 'bob']])
})

test('a coach is heard by the operator and not by the customer', async () => {
  await supervise('out')
  const { hears } = given
  expect([hears('ann'), hears('bob'), hears('cleo')]).toEqual([['bob', 'cleo'], ['ann'], ['ann', 'bob']])
})

test('a coach is not heard by an operator who is alone in the bridge and is sent nothing', async () => {
  await supervise('out')
  const { telephony, hears } = given
  await telephony.removeFromBridge('talk', 'bob')
  expect(hears('ann')).toEqual([])
  await telephony.play({ id: 'silence', on: { channel: 'ann' }, sound: 'tone:0/1000' })
  expect(hears('ann')).toEqual(['cleo', 'tone:0/1000'])
})

test('who has hung up, or has not answered yet, hears nothing and is not heard', async () => {
  const { telephony, pbx, hears, clock } = given
  pbx.party.hangsUp('bob')
  expect([hears('ann'), hears('bob')]).toEqual([[], []])
  await telephony.createChannel({
    id: 'dora',
    to: { kind: 'trunk', number: '+393312345602', callerId: '' },
    timeoutMs: 20_000,
  })
  await telephony.dial('dora')
  clock.advance(500)
  await telephony.addToBridge('talk', 'dora')
  expect([hears('ann'), hears('dora')]).toEqual([[], []])
})
