import { describe, expect, it } from 'vitest'
import { readPbxSettings } from './pbx-settings.ts'

const least = {
  ari: { url: 'http://127.0.0.1:8088/ari', user: 'cuffia', password: 'very secret', app: 'cuffia' },
  trunk: 'carrier',
  phones: { wsUrl: 'ws://127.0.0.1:8088/ws', domain: 'cuffia.test' },
}

describe('the settings of the PBX', () => {
  it('need its interface, the trunk and where pages register; the rest has defaults', () => {
    expect(readPbxSettings(JSON.stringify(least))).toEqual({
      ...least,
      phones: { ...least.phones, iceServers: [], echoNumber: null },
      reachesPeople: true,
      callerId: '',
      outsidePrefix: '',
      ringSeconds: 25,
      pickUpSeconds: 15,
      longestWaitSeconds: 600,
      recordingNotice: 'recording-notice-it',
    })
  })

  it('are refused with what is wrong, and without the password', () => {
    const wrong = { ...least, ringSeconds: 5, trunks: 'x', ari: { ...least.ari, url: 'ftp://x' } }
    const read = () => readPbxSettings(JSON.stringify(wrong))
    expect(read).toThrow(/ringSeconds/)
    expect(read).toThrow(/ari\.url/)
    expect(read).not.toThrow(/very secret/)
    expect(() => readPbxSettings('{')).toThrow('not JSON')
  })
})
