import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { callIn, startCarrier } from '../../scripts/lib/pbx/callers.mjs'
import { startPbx } from '../../scripts/lib/pbx/start.mjs'
import { ariTelephony } from '../../server/telephony/ari/ari.ts'
import { systemClock } from '../../server/entry/system.ts'
import { silentLog } from '../../shared/std/log.ts'
import { seededRandom } from '../../shared/std/clock.ts'
import { telephonyContract } from '../contract/telephony.contract.ts'

/** A cable that can be cut: everything between us and the switch goes through it. */
async function cable(port: number) {
  const open = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1')
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one)
      one.pipe(other)
      one.on('error', () => other.destroy())
      one.on('close', () => open.delete(one))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => {
      for (const socket of open) socket.destroy()
    },
    close: () => {
      for (const socket of open) socket.destroy()
      server.close()
    },
  }
}

telephonyContract('a real Asterisk', async () => {
  const pbx = await startPbx()
  const carrier = await startCarrier(pbx, { ringMs: 200, talkMs: 1_000 })
  const between = await cable(pbx.ports.http)
  const url = `http://127.0.0.1:${between.port}/ari`
  const deps = { clock: systemClock, random: seededRandom(1), log: silentLog }
  const telephony = ariTelephony({ ...pbx.ari, url, trunk: 'carrier' }, deps)
  const callers: { stop(): Promise<void> }[] = []
  return {
    telephony,
    cut: between.cut,
    callIn: (from, to, name) => void callers.push(callIn(pbx, [{ from, to, name }])),
    stop: async () => {
      await telephony.close()
      between.close()
      for (const caller of callers) await caller.stop()
      await carrier.stop()
      await pbx.stop()
    },
  }
})
