import type { wallboard } from '../../../shared/contract/wallboard.ts'
import type { Board } from '../../../shared/crm-api/board.ts'
import type { Host } from '../../../shared/rpc/contract.ts'
import type { Watchable } from '../../../shared/std/event.ts'
import { cell } from '../../../shared/std/event.ts'
import type { WallboardPorts } from './ports.ts'

/** Passes the server's board through, and asks for it only while at least one window looks. */
export function wallboardService(ports: WallboardPorts): Host<{ wallboard: typeof wallboard }>['wallboard'] {
  const { stream, signedIn } = ports
  const view = cell<{ board: Board | null; connected: boolean }>({ board: null, connected: false })
  let lookers = 0

  stream.messages((message) => {
    if (message.type === 'board') view.set({ board: message.board, connected: true })
  })
  stream.link.changed((link) => {
    view.set({ ...view.current(), connected: link === 'up' })
    if (link === 'up' && lookers > 0) stream.send({ type: 'watch-board' })
  })
  signedIn.changed((user) => {
    if (user === null) view.set({ board: null, connected: false })
  })

  const watched: Watchable<{ board: Board | null; connected: boolean }> = {
    current: view.current,
    changed: (listener) => {
      if (++lookers === 1) stream.send({ type: 'watch-board' })
      const leave = view.changed(listener)
      let here = true
      return () => {
        if (!here) return
        here = false
        leave()
        if (--lookers === 0) stream.send({ type: 'unwatch-board' })
      }
    },
  }
  return { board: () => watched }
}
