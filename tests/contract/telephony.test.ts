import { systemClock } from '../../server/entry/system.ts'
import { fakeTelephony } from '../../server/telephony/fake/fake.ts'
import { silentLog } from '../../shared/std/log.ts'
import { telephonyContract } from './telephony.contract.ts'

telephonyContract('the switch in memory', async () => {
  const { telephony, pbx } = fakeTelephony({ clock: systemClock, log: silentLog })
  return {
    telephony,
    cut: () => {
      pbx.cut()
      setTimeout(() => pbx.heal(), 50)
    },
    callIn: (from, to, name) => void pbx.callIn({ from, to, name }),
    stop: () => telephony.close(),
  }
})
