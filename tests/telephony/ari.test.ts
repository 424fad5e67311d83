import { setTimeout as wait } from 'node:timers/promises'
import { callIn, startCarrier } from '../../scripts/lib/pbx/callers.mjs'
import { startPbx } from '../../scripts/lib/pbx/start.mjs'
import { systemClock } from '../../server/entry/system.ts'
import { ariTelephony } from '../../server/telephony/ari/ari.ts'
import { seededRandom } from '../../shared/std/clock.ts'
import { silentLog } from '../../shared/std/log.ts'
import { telephonyContract } from '../contract/telephony.contract.ts'
import { sipPhone } from '../contract/telephony-phone.ts'
import { cable } from './support/cable.ts'

const outageMs = 1_500

telephonyContract('a real Asterisk', async () => {
  const pbx = await startPbx()
  const carrier = await startCarrier(pbx, { ringMs: 200, talkMs: 1_000 })
  const between = await cable(pbx.ports.http)
  const deps = { clock: systemClock, random: seededRandom(1), log: silentLog }
  const openOn = (url: string) => ariTelephony({ ...pbx.ari, url, trunk: 'carrier' }, deps)
  const telephony = openOn(`http://127.0.0.1:${between.port}/ari`)
  const rival = openOn(pbx.ari.url)
  const callers: { stop(): Promise<void> }[] = []
  return {
    telephony,
    now: systemClock.now,
    wait: (ms) => wait(ms),
    cut: () => {
      between.cut()
      systemClock.after(outageMs, between.heal)
    },
    restart: async () => {
      await pbx.kill()
      await pbx.restart()
    },
    takeOver: () =>
      new Promise((resolve) => {
        rival.events((event) => {
          if (event.type === 'link-up') resolve()
          // It would wait for our place.
          if (event.type === 'link-down') void rival.close()
        })
        rival.open()
      }),
    callIn: ({ from, to, name }) => {
      const call = { from: from ?? '+390815520099', to, name, withheld: from === null }
      // Longer than the dialplan's music before it offers the caller again.
      callers.push(callIn(pbx, [call], { talkMs: 20_000 }))
    },
    phone: async (account, password) => {
      const phone = await sipPhone({ server: pbx.sip, account, password })
      return {
        registers: async () => (await phone.register()) === 200,
        leaves: async () => void (await phone.register(0)),
        header: (name) => phone.invited().get(name),
        holds: async (on) => void (await phone.hold(on)),
        presses: phone.press,
        asksTransfer: async (to) => void (await phone.refer(to)),
        hangsUp: async () => void (await phone.hangUp()),
        close: phone.close,
      }
    },
    stop: async () => {
      await Promise.all([telephony.close(), rival.close()])
      between.close()
      for (const caller of callers) await caller.stop()
      await carrier.stop()
      await pbx.stop()
    },
  }
})
