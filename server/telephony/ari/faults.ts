import type { Log } from '../../../shared/std/log.ts'
import type { AriHttp } from './http.ts'

/**
 * A link that ends while this module tells of a device locks the applications of Asterisk for good, and no link comes up
 * until it is restarted (asterisk/asterisk#2170): here every second run of the contract, on 22.10.1.
 */
const locking = 'res_stasis_device_state.so'

/** Says in the log what the switch has loaded that it had better not; nothing of it stops us. */
export async function warnOfFaults(http: Pick<AriHttp, 'ask'>, log: Pick<Log, 'warn'>): Promise<void> {
  const { status } = await http.ask('GET', `/asterisk/modules/${locking}`)
  if (status === 200)
    log.warn(
      { module: locking },
      'the switch has loaded a module that can lock it: unload it (docs/runbook/connect-asterisk.md)',
    )
}
