import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { z } from 'zod'
import type { CtiDriver } from '../../main/cti/driver.ts'
import type { Simulator } from '../../main/cti/drivers/simulator/simulator.ts'
import { createSimulator } from '../../main/cti/drivers/simulator/simulator.ts'
import type { Services } from '../../main/entry/services.ts'
import { createServices } from '../../main/entry/services.ts'
import type { Desk } from '../../shared/contract/call.ts'
import type { Desktop } from '../../shared/contract/index.ts'
import { desktop } from '../../shared/contract/index.ts'
import type { OperatorStatus } from '../../shared/contract/operator.ts'
import type { OutboxView } from '../../shared/contract/outbox.ts'
import type { ConnectionView, SessionView } from '../../shared/contract/session.ts'
import type { Channel } from '../../shared/rpc/channel.ts'
import { memoryChannels } from '../../shared/rpc/channel.ts'
import { connect } from '../../shared/rpc/client.ts'
import type { Client } from '../../shared/rpc/contract.ts'
import { seededRandom } from '../../shared/std/clock.ts'
import { silentLog } from '../../shared/std/log.ts'
import type { HandClock } from '../fakes/clock.ts'
import { handClock } from '../fakes/clock.ts'
import { passwordOf } from '../fakes/crm-desk.ts'
import type { FakeCrm } from '../fakes/crm-server.ts'
import { startFakeCrm } from '../fakes/crm-server.ts'

/** What a window shows and what it can ask. */
export interface Page {
  ask: Client<Desktop>
  shown: {
    desk: Desk
    status: z.infer<typeof OperatorStatus>
    outbox: z.infer<typeof OutboxView>
    session: SessionView
    connection: ConnectionView
  }
  close(): void
}

export interface World {
  clock: HandClock
  crm: FakeCrm
  simulator(): Simulator
  services(): Services
  /** Another window on the same client. */
  openPage(): Promise<Page>
  /** The client ends without a word, as when the machine loses power, and is started again on the same file. */
  restart(where?: { otherMachine: boolean }): Promise<void>
  /** Moves the clock in small steps, with real time for the sockets in between, until it is so. */
  until(what: () => unknown, stepMs?: number): Promise<void>
  /** The same for an answer: time goes on while it is waited for. */
  during<T>(answer: Promise<T>): Promise<T>
  /** Signs in, and asks for calls. */
  begin(username?: string): Promise<Page>
  end(): Promise<void>
}

/** A whole client over a real store and a real CRM in memory, on one clock moved by hand. */
export async function createWorld(
  options: { driver?: (driver: CtiDriver) => CtiDriver } = {},
): Promise<World> {
  const clock = handClock()
  const crm = await startFakeCrm(clock)
  const folders = [await mkdtemp(join(tmpdir(), 'cuffia-story-'))]
  const pages = new Set<Channel>()
  let ids = 0
  let simulator: Simulator
  let services = await startServices()

  async function startServices(): Promise<Services> {
    const folder = folders.at(-1)!
    const started = createServices({
      serverUrl: crm.url,
      storeFile: join(folder, 'desktop.sqlite'),
      dataFolder: folder,
      driver: (deps) => {
        simulator = createSimulator({ speed: 1, seed: 1 }, deps)
        return options.driver?.(simulator) ?? simulator
      },
      clock,
      random: seededRandom(1),
      makeId: () => `id-${++ids}`,
      log: silentLog,
      build: 'test',
      checkOutput: true,
    })
    await started.start()
    return started
  }
  const until = async (what: () => unknown, stepMs = 20) => {
    for (let round = 0; !what(); round++) {
      if (round > 4_000) throw new Error(`never so: ${what.toString()}`)
      clock.pass(stepMs)
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
  }
  const during = async <T>(answer: Promise<T>): Promise<T> => {
    let settled = false
    const mark = () => {
      settled = true
    }
    answer.then(mark, mark)
    await until(() => settled)
    return answer
  }
  const openPage = async (): Promise<Page> => {
    const { left, right } = memoryChannels()
    pages.add(left)
    services.serve(right, { window: `window-${pages.size}` })
    const ask = connect(desktop, left, { clock })
    const shown: Partial<Page['shown']> = {}
    ask.call.desk((desk) => void (shown.desk = desk))
    ask.operator.status((status) => void (shown.status = status))
    ask.outbox.state((outbox) => void (shown.outbox = outbox))
    ask.session.current((session) => void (shown.session = session))
    ask.session.connection((connection) => void (shown.connection = connection))
    await until(() => Object.keys(shown).length === 5)
    return { ask, shown: shown as Page['shown'], close: () => left.close() }
  }

  return {
    clock,
    crm,
    simulator: () => simulator,
    services: () => services,
    openPage,
    until,
    during,
    restart: async (where) => {
      for (const page of pages) page.close()
      pages.clear()
      await services.stop()
      if (where?.otherMachine) folders.push(await mkdtemp(join(tmpdir(), 'cuffia-story-')))
      services = await startServices()
    },
    begin: async (username = 'anna') => {
      const page = await openPage()
      await during(page.ask.session.signIn({ username, password: passwordOf(username) }))
      await until(() => page.shown.status.view)
      await during(page.ask.operator.ready())
      return page
    },
    end: async () => {
      for (const page of pages) page.close()
      await services.stop()
      await crm.close()
      await Promise.all(folders.map((folder) => rm(folder, { recursive: true })))
    },
  }
}
