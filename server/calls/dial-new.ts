import { AppError } from '../../shared/std/errors.ts'
import type { NewChannel, Telephony } from '../telephony/port.ts'

/**
 * Create, then dial: so that no early event is missed. Asked again it is the same call. Throws where the channel was lost
 * in between: nothing would ever be heard of it.
 */
export async function dialNew(line: Telephony, channel: NewChannel): Promise<void> {
  const made = await line.createChannel(channel)
  const dialled = made === 'gone' ? made : await line.dial(channel.id)
  if (dialled === 'gone') throw new AppError('line-down', 'the switch lost the channel before it was dialled')
}
