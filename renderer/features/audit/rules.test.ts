import { describe, expect, it } from 'vitest'
import { actionKey, detailText, isRefusal } from './rules.ts'

describe('an audit entry', () => {
  it('names its action without dots, for the texts', () => {
    expect(actionKey('session.sign-in-refused')).toBe('session-sign-in-refused')
  })
  it('is a refusal when its action says so', () => {
    expect(isRefusal('session.sign-in-refused')).toBe(true)
    expect(isRefusal('session.signed-in')).toBe(false)
  })
  it('says its details in one line, changes as before and after', () => {
    expect(detailText({ reason: 'wrong-password', role: ['operator', 'supervisor'], n: 3, x: null })).toBe(
      'reason: wrong-password, role: operator → supervisor, n: 3, x: null',
    )
    expect(detailText({})).toBe('')
  })
})
