import { setTimeout as wait } from 'node:timers/promises'
import { systemClock } from '../../server/entry/system.ts'
import { fakeTelephony } from '../../server/telephony/fake/fake.ts'
import type { Clock } from '../../shared/std/clock.ts'
import { silentLog } from '../../shared/std/log.ts'
import { telephonyContract } from './telephony.contract.ts'

const speed = 20
const began = systemClock.now()
const fast: Clock = {
  now: () => began + (systemClock.now() - began) * speed,
  after: (ms, task) => systemClock.after(ms / speed, task),
}

telephonyContract('the switch in memory, on a fast clock', async () => {
  const { telephony, pbx } = fakeTelephony({ clock: fast, log: silentLog })
  const { party, phone } = pbx
  return {
    telephony,
    now: fast.now,
    wait: (ms) => wait(ms / speed),
    cut: () => {
      pbx.cut()
      fast.after(1_500, pbx.heal)
    },
    restart: async () => {
      pbx.restart()
      fast.after(1_500, pbx.heal)
    },
    takeOver: async () => pbx.takeOver(),
    callIn: ({ from, to, name }) => void pbx.callIn({ from, to, name: name === '' ? null : name }),
    phone: async (account, password) => {
      const channel = () => phone.channel(account) ?? 'no call'
      return {
        registers: async () => phone.registers(account, password),
        leaves: async () => phone.goes(account),
        header: (name) =>
          Object.entries(party.headers(channel())).find(([each]) => each.toLowerCase() === name)?.[1],
        holds: async (on) => void (on ? party.holds(channel()) : party.resumes(channel())),
        presses: async (digit) => void party.presses(channel(), String(digit)),
        asksTransfer: async (to) => void party.asksTransfer(channel(), to),
        hangsUp: async () => void party.hangsUp(channel()),
        close: async () => {},
      }
    },
    stop: () => telephony.close(),
  }
})
