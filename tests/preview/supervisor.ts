import type { Clock } from '../../shared/std/clock.ts'
import { boardAt } from '../fakes/crm-board.ts'
import { crmPages } from '../fakes/crm-pages.ts'
import { fakeSupervision } from '../fakes/supervision.ts'
import type { DesktopHost } from '../fakes/desktop-host.ts'

/** The pages of supervisors and administrators: `scene=empty` has nothing yet, `scene=lost` has lost the server. */
export const pagesOf = (scene: string, clock: Clock) => crmPages({ clock, empty: scene === 'empty' })

/** Somebody is listened to: `scene=listening` and its siblings. */
const listenings: Readonly<Record<string, (fake: FakeSupervision, now: number) => void>> = {
  listening: (fake, now) => fake.stage('o3', { since: now - 47_000 }),
  coaching: (fake, now) => fake.stage('o3', { mode: 'coach', since: now - 47_000 }),
  joined: (fake, now) => fake.stage('o3', { mode: 'join', since: now - 47_000 }),
  untold: (fake, now) => fake.stage('o4', { isOperatorTold: false, since: now - 12_000 }),
  waiting: (fake, now) => fake.stage('o3', { state: 'waiting', call: null, since: now - 12_000 }),
  calling: (fake, now) => fake.stage('o3', { state: 'phone', call: null, since: now - 2_000 }),
  unanswered: (fake) => {
    fake.stage('o3', {})
    fake.lose()
  },
}
type FakeSupervision = ReturnType<typeof fakeSupervision>

/** The server's part of listening, for the supervisor of this page. */
export function superviseOn(fake: DesktopHost, scene: string, clock: Clock) {
  const { supervision: state, board } = fake
  const supervision = fakeSupervision({ clock, state, board: () => board.current().board })
  listenings[scene]?.(supervision, clock.now())
  return supervision
}

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
