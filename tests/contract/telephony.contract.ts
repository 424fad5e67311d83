import { afterAll, beforeAll, describe } from 'vitest'
import { breaksContract } from './telephony-breaks.ts'
import { callsContract } from './telephony-calls.ts'
import { mediaContract } from './telephony-media.ts'
import { phonesContract } from './telephony-phones.ts'
import type { Line, SwitchUnderTest } from './telephony-under-test.ts'
import { answers, listen } from './telephony-under-test.ts'

/** What every switch behind the port does: the one in memory, and a real Asterisk with SIP callers. */
export function telephonyContract(name: string, open: () => Promise<SwitchUnderTest>): void {
  describe(`the telephony port on ${name}`, () => {
    let opened: Line | undefined

    beforeAll(async () => {
      const line = await open()
      const { telephony } = line
      const told = listen(telephony)
      const call: Line['call'] = async (id, number, timeoutMs = 20_000) => {
        const to = { kind: 'trunk', number, callerId: '+390815520000' } as const
        await telephony.createChannel({ id, to, timeoutMs })
        await telephony.dial(id)
      }
      opened = {
        line,
        telephony,
        told,
        call,
        talk: async (id) => {
          await call(id, answers)
          await told.until('answered', { channel: id })
        },
        hangUp: async (id) => {
          await telephony.hangUp(id)
          await told.until('ended', { channel: id })
        },
      }
      telephony.open()
      await told.until('link-up')
    }, 180_000)
    afterAll(() => opened?.line.stop())

    const given = () => {
      if (opened === undefined) throw new Error('the switch did not open')
      return opened
    }
    callsContract(given)
    mediaContract(given)
    phonesContract(given)
    breaksContract(given)
  })
}
