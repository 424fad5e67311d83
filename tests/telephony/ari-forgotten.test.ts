import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { startCarrier } from '../../scripts/lib/pbx/callers.mjs'
import { startPbx } from '../../scripts/lib/pbx/start.mjs'
import { ariTelephony } from '../../server/telephony/ari/ari.ts'
import type { TelephonyEvent } from '../../server/telephony/port.ts'
import { seededRandom } from '../../shared/std/clock.ts'
import { silentLog } from '../../shared/std/log.ts'
import { systemClock } from '../../server/entry/system.ts'
import { cable } from './support/cable.ts'

// Two of three times Asterisk takes the application from a link that has followed another while it stood still.
test('a switch that stood still while the link changed has every end told afterwards, again and again', async () => {
  const pbx = await startPbx()
  const carrier = await startCarrier(pbx, { ringMs: 50 })
  const between = await cable(pbx.ports.http)
  const deps = { clock: systemClock, random: seededRandom(1), log: silentLog }
  const url = `http://127.0.0.1:${between.port}/ari`
  const telephony = ariTelephony({ ...pbx.ari, url, trunk: 'carrier' }, deps)
  const told: TelephonyEvent[] = []
  telephony.events((event) => told.push(event))
  const until = (type: TelephonyEvent['type'], fits: (event: TelephonyEvent) => boolean = () => true) =>
    expect
      .poll(() => told.some((event) => event.type === type && fits(event)), { timeout: 20_000 })
      .toBe(true)
  try {
    telephony.open()
    await until('link-up')
    for (let round = 0; round < 6; round++) {
      const id = `call-${round}`
      const ofCall = (event: TelephonyEvent) => 'channel' in event && event.channel === id
      await telephony.createChannel({
        id,
        to: { kind: 'trunk', number: '+393940000155', callerId: '' },
        timeoutMs: 20_000,
      })
      await telephony.dial(id)
      await until('answered', ofCall)
      told.splice(0)
      process.kill(pbx.pid ?? 0, 'SIGSTOP')
      between.cut()
      await until('link-down')
      between.heal()
      // the next link is asked for
      await wait(400)
      process.kill(pbx.pid ?? 0, 'SIGCONT')
      await until('link-up')
      await wait(50)
      await telephony.hangUp(id).catch(() => undefined)
      await until('ended', ofCall)
    }
  } finally {
    process.kill(pbx.pid ?? 0, 'SIGCONT')
    await telephony.close()
    between.close()
    await carrier.stop()
    await pbx.stop()
  }
}, 120_000)
