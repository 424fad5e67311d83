import { describe, expect, test } from 'vitest'
import type { Line } from './telephony-under-test.ts'

/** Accounts made at run time, and the phones that use them. */
export function phonesContract(given: () => Line): void {
  describe('an account that is made while everything runs', () => {
    const account = { id: 'web-anna', password: 'una frase', kind: 'desk', name: 'Anna' } as const

    test('lets a phone register, with the newest password only', async () => {
      const { line, told, telephony } = given()
      expect(await telephony.provision(account)).toBe('done')
      const phone = await line.phone('web-anna', 'una frase')
      const newer = await line.phone('web-anna', 'un altra')
      expect(await newer.registers()).toBe(false)
      expect(await phone.registers()).toBe(true)
      await told.until('phone-registered', { account: 'web-anna' })
      expect((await telephony.snapshot()).phones).toContain('web-anna')
      await phone.leaves()
      await told.until('phone-gone', { account: 'web-anna' })
      expect((await telephony.snapshot()).phones).not.toContain('web-anna')

      await phone.registers()
      const since = told.events.length
      await telephony.provision({ ...account, password: 'un altra' })
      await told.until('phone-gone', { account: 'web-anna' }, since)
      expect(await phone.registers()).toBe(false)
      expect(await newer.registers()).toBe(true)
      await told.until('phone-registered', { account: 'web-anna' }, since)
      await newer.leaves()
      await phone.close()
      await newer.close()
    })

    test('is called with the headers we give; its phone holds, presses keys, asks for a transfer, hangs up', async () => {
      const { line, told, telephony } = given()
      await telephony.provision(account)
      const phone = await line.phone('web-anna', 'una frase')
      await phone.registers()
      const channel = 'operator-anna-1'
      const to = { kind: 'operator', account: 'web-anna' } as const
      const headers = { 'X-Cuffia-Answer': 'a-token' }
      expect(await telephony.createChannel({ id: channel, to, timeoutMs: 5_000, headers })).toBe('done')
      await telephony.dial(channel)
      await told.until('answered', { channel })
      expect(phone.header('x-cuffia-answer')).toBe('a-token')
      await telephony.createBridge('bridge-anna')
      await telephony.addToBridge('bridge-anna', channel)
      await told.until('entered-bridge', { channel })

      await phone.holds(true)
      await told.until('held', { channel })
      expect((await telephony.snapshot()).channels).toMatchObject([{ id: channel, held: true }])
      await phone.holds(false)
      await told.until('resumed', { channel })
      await phone.presses(5)
      expect(await told.until('dtmf', { channel })).toMatchObject({ digit: '5' })
      await phone.asksTransfer('+390815523344')
      expect(await told.until('transfer-asked', { channel })).toMatchObject({ to: '+390815523344' })
      expect((await telephony.snapshot()).channels).toMatchObject([{ id: channel, state: 'up' }])
      await phone.hangsUp()
      expect(await told.until('ended', { channel })).toMatchObject({ end: 'hung-up-by-them' })
      const once = ['held', 'resumed', 'dtmf', 'transfer-asked']
      expect(told.types(channel).filter((type) => once.includes(type))).toEqual(once)
      await telephony.destroyBridge('bridge-anna')
      await phone.leaves()
      await phone.close()
    })

    test('is withdrawn, its call stays up, and nobody registers with it any more', async () => {
      const { line, told, telephony, hangUp } = given()
      await telephony.provision(account)
      const phone = await line.phone('web-anna', 'una frase')
      await phone.registers()
      const channel = 'operator-anna-2'
      const to = { kind: 'operator', account: 'web-anna' } as const
      await telephony.createChannel({ id: channel, to, timeoutMs: 5_000 })
      await telephony.dial(channel)
      await told.until('answered', { channel })
      const since = told.events.length
      expect(await telephony.withdraw('web-anna')).toBe('done')
      await told.until('phone-gone', { account: 'web-anna' }, since)
      expect(await telephony.withdraw('web-anna')).toBe('gone')
      expect((await telephony.snapshot()).channels).toMatchObject([{ id: channel, state: 'up' }])
      expect(await phone.registers()).toBe(false)
      await hangUp(channel)
      const again = telephony.createChannel({ id: 'operator-anna-3', to, timeoutMs: 5_000 })
      await expect(again).rejects.toMatchObject({ code: 'not-found' })
      await phone.close()
    })

    test('without a name or a password is refused', async () => {
      const { telephony } = given()
      const nameless = telephony.provision({ id: 'a b', password: 'x', kind: 'web' })
      await expect(nameless).rejects.toMatchObject({ code: 'invalid-input' })
      const open = telephony.provision({ id: 'anna', password: '', kind: 'web' })
      await expect(open).rejects.toMatchObject({ code: 'invalid-input' })
    })
  })
}
