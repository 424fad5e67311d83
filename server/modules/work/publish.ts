import type { UserId } from '../../../shared/std/ids.ts'
import type { WorkPorts } from './ports.ts'
import { operatorView } from './view.ts'

export interface Publisher {
  /** Sends the operator's view as it is now, where it differs from the last one sent. Never throws. */
  publish(user: UserId): Promise<void>
  /** Forgets what was sent: a new stream gets the whole view again. */
  forget(user: UserId): void
  underWay(): Iterable<Promise<void>>
}

/** One read at a time for each operator, so that an older view can never be sent after a newer one. */
export function createPublisher(
  ports: Pick<WorkPorts, 'db' | 'clock' | 'hub' | 'law' | 'contacts' | 'phone' | 'log'>,
): Publisher {
  const sent = new Map<UserId, string>()
  const again = new Set<UserId>()
  const running = new Map<UserId, Promise<void>>()

  async function run(user: UserId): Promise<void> {
    while (again.delete(user)) {
      if (!ports.hub.isHere(user)) continue
      const view = await operatorView(ports.db, ports, user, ports.clock.now())
      const text = JSON.stringify(view)
      if (sent.get(user) === text) continue
      sent.set(user, text)
      ports.hub.toUser(user, { type: 'operator', view })
    }
  }

  return {
    publish: (user) => {
      again.add(user)
      const underWay = running.get(user)
      if (underWay) return underWay
      const begun = run(user)
        .catch((error: unknown) => ports.log.error({ err: error, operator: user }, 'a view was not sent'))
        .finally(() => running.delete(user))
      running.set(user, begun)
      return begun
    },
    forget: (user) => {
      sent.delete(user)
    },
    underWay: () => running.values(),
  }
}
