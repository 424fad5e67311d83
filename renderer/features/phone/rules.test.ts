import { describe, expect, it, test } from 'vitest'
import { silentMedia } from '../../../shared/contract/media.ts'
import type { MediaState } from '../../../shared/contract/media.ts'
import type { PhoneView } from '../../../shared/crm-api/phone.ts'
import { issueOf } from './rules.ts'

const view: PhoneView = { needed: true, kind: 'web', state: 'registered', problem: null }
const well: MediaState = { ...silentMedia, registration: 'registered', microphone: 'live' }

describe('what is said about the phone', () => {
  it('is nothing while all is well, or while no real calls are made', () => {
    expect(issueOf(view, 'web', well)).toBeNull()
    expect(issueOf({ ...view, needed: false }, 'web', silentMedia)).toBeNull()
  })
  test.each<[string, Partial<PhoneView>, Partial<MediaState>]>([
    ['switch-away', { problem: 'switch-away' }, { registration: 'failed', problem: 'refused' }],
    ['refused', {}, { registration: 'failed', problem: 'refused' }],
    ['socket-lost', {}, { registration: 'registering', problem: 'socket-lost', microphone: 'denied' }],
    ['elsewhere', {}, { registration: 'none' }],
    ['waiting', { state: 'none' }, { registration: 'none' }],
    ['denied', {}, { microphone: 'denied' }],
    ['missing', {}, { microphone: 'missing' }],
    ['silent', {}, { microphone: 'silent' }],
    ['closed', {}, { microphone: 'unknown' }],
    ['leg-lost', { problem: 'leg-lost' }, {}],
  ])('%s comes before what follows from it', (issue, viewChange, mediaChange) => {
    expect(issueOf({ ...view, ...viewChange }, 'web', { ...well, ...mediaChange })).toBe(issue)
  })
  it('says nothing of the first moments of a registration, nor of the browser’s question', () => {
    expect(issueOf(view, 'web', { ...well, registration: 'registering' })).toBeNull()
    expect(issueOf(view, 'web', { ...well, microphone: 'asking' })).toBeNull()
  })
})

describe('what is said about a desk phone', () => {
  const desk: PhoneView = { ...view, kind: 'desk' }
  it('is what the server knows, and nothing of this page', () => {
    expect(issueOf(desk, 'desk', silentMedia)).toBeNull()
    expect(issueOf({ ...desk, state: 'provisioned' }, 'desk', well)).toBe('not-registered')
    expect(issueOf({ ...desk, problem: 'no-desk-phone' }, 'desk', well)).toBe('no-desk-phone')
    expect(issueOf(view, 'desk', well)).toBe('waiting')
  })
})
