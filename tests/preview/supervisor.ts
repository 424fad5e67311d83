import type { Clock } from '../../shared/std/clock.ts'
import { boardAt } from '../fakes/crm-board.ts'
import { crmPages } from '../fakes/crm-pages.ts'
import type { DesktopHost } from '../fakes/desktop-host.ts'

/** The pages of supervisors and administrators: `scene=empty` has nothing yet, `scene=lost` has lost the server. */
export const pagesOf = (scene: string, clock: Clock) => crmPages({ clock, empty: scene === 'empty' })

/** A board that is told again every second, as the server does at most. */
export function showBoard(fake: DesktopHost, scene: string, clock: Clock): void {
  const started = clock.now()
  let rev = 0
  const show = () => {
    const board = boardAt(clock.now(), started, ++rev)
    const empty = { ...board, operators: [], campaigns: [], calls: [], alarms: [] }
    fake.board.set({ board: scene === 'empty' ? empty : board, connected: true })
    if (scene !== 'lost') clock.after(1000, show)
  }
  show()
  if (scene !== 'lost') return
  fake.serverAway(true)
  fake.board.set({ ...fake.board.current(), connected: false })
}
