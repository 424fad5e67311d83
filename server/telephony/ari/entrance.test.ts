import { expect, test } from 'vitest'
import { AppError } from '../../../shared/std/errors.ts'
import { testClock } from '../../../tests/support/clock.ts'
import { entrance } from './entrance.ts'

const outcome = (entered: Promise<void>) =>
  entered.then(
    () => 'entered',
    (error: AppError) => error.code,
  )

test('a new channel is waited for until it has entered, each for itself', async () => {
  const door = entrance(testClock())
  const [one, other] = [door.expect('one'), door.expect('other')]
  door.entered('one')
  expect(await outcome(one.entered)).toBe('entered')
  door.shut(new AppError('line-down', 'broke'))
  expect(await outcome(other.entered)).toBe('line-down')
})

test('one that never enters ends after five seconds', async () => {
  const clock = testClock()
  const { entered } = entrance(clock).expect('lost')
  clock.advance(5_000)
  expect(await outcome(entered)).toBe('deadline-passed')
})

test('two that wait for the same channel both hear of it, and one who gives up does not take the other along', async () => {
  const clock = testClock()
  const door = entrance(clock)
  const [first, second, third] = [door.expect('twice'), door.expect('twice'), door.expect('twice')]
  second.forget()
  expect(await outcome(second.entered)).toBe('entered')
  const late = outcome(first.entered)
  door.entered('twice')
  expect([await late, await outcome(third.entered)]).toEqual(['entered', 'entered'])
  const again = door.expect('twice')
  clock.advance(5_000)
  expect(await outcome(again.entered)).toBe('deadline-passed')
})
