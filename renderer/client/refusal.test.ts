import { describe, expect, it } from 'vitest'
import { AppError } from '../../shared/std/errors.ts'
import { refusalOf } from './refusal.ts'

describe('a refusal', () => {
  it('keeps the reason and from when it will be possible', () => {
    const error = new AppError('call-not-allowed', 'no', { details: { reason: 'law-hours', until: 7 } })
    expect(refusalOf(error)).toEqual({ code: 'call-not-allowed', reason: 'law-hours', until: 7 })
  })
  it('of another kind has its code only', () => {
    expect(refusalOf(new AppError('conflict', 'taken'))).toEqual({
      code: 'conflict',
      reason: null,
      until: null,
    })
  })
})
