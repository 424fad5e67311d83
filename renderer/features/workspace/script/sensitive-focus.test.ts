import { describe, expect, it } from 'vitest'
import { sensitiveFocus } from './sensitive-focus.ts'

const soon = () => new Promise((resolve) => setTimeout(resolve))

function given(known: boolean | null = false) {
  const sent: boolean[] = []
  const waiting: { done: () => void; refuse: () => void }[] = []
  const retries = new Set<() => void>()
  const clock = {
    now: () => 0,
    after: (_ms: number, task: () => void) => {
      retries.add(task)
      return () => void retries.delete(task)
    },
  }
  const retry = async () => {
    for (const task of retries) task()
    await soon()
  }
  const send = (on: boolean) => {
    sent.push(on)
    return new Promise<void>((resolve, reject) => {
      waiting.push({ done: resolve, refuse: () => reject(new Error('away')) })
    })
  }
  const focus = sensitiveFocus(send, clock, known)
  const answer = async (how: 'done' | 'refuse' = 'done') => {
    waiting.shift()?.[how]()
    await soon()
  }
  return { sent, focus, retry, answer }
}

describe('the focus of sensitive fields', () => {
  it('is told as it comes and goes', async () => {
    const { sent, focus, answer } = given()
    focus.set(true)
    await answer()
    focus.set(false)
    await answer()
    expect(sent).toEqual([true, false])
  })

  it('is told again to a server that is back, and nothing else is', async () => {
    const { sent, focus, answer } = given()
    focus.again()
    focus.set(true)
    await answer()
    focus.again()
    await answer()
    focus.set(false)
    await answer()
    focus.again()
    expect(sent).toEqual([true, true, false])
  })

  it('that went to the next field and came back is told as it ended, one thing after the other', async () => {
    const { sent, focus, answer } = given()
    focus.set(true)
    focus.set(false)
    focus.set(true)
    focus.set(false)
    expect(sent).toEqual([true])
    await answer()
    await answer()
    expect(sent).toEqual([true, false])
  })

  it('is told again where it did not arrive', async () => {
    const { sent, focus, answer, retry } = given()
    focus.set(true)
    await answer('refuse')
    expect(sent).toEqual([true])
    await retry()
    expect(sent).toEqual([true, true])
  })

  it('is told as none at the beginning, where a page of before may have had it', () => {
    expect(given(null).sent).toEqual([false])
    expect(given(false).sent).toEqual([])
  })

  it('is none when the record leaves the page, and then nobody insists', async () => {
    const { sent, focus, answer, retry } = given()
    focus.set(true)
    await answer()
    focus.leave()
    await answer('refuse')
    await retry()
    expect(sent).toEqual([true, false])
  })
})
