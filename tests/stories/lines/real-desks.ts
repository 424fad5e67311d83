import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSimulator } from '../../../main/cti/drivers/simulator/simulator.ts'
import type { Services } from '../../../main/entry/services.ts'
import { createServices } from '../../../main/entry/services.ts'
import type { Desk, Draft } from '../../../shared/contract/call.ts'
import type { Desktop } from '../../../shared/contract/index.ts'
import { desktop } from '../../../shared/contract/index.ts'
import { page as pageContract } from '../../../shared/contract/media.ts'
import type { ConnectionView, SessionView } from '../../../shared/contract/session.ts'
import type { OperatorStatus } from '../../../shared/contract/operator.ts'
import type { OutboxView } from '../../../shared/contract/outbox.ts'
import { memoryChannels } from '../../../shared/rpc/channel.ts'
import { connect } from '../../../shared/rpc/client.ts'
import type { Client } from '../../../shared/rpc/contract.ts'
import { serve } from '../../../shared/rpc/host.ts'
import { seededRandom } from '../../../shared/std/clock.ts'
import type { AttemptId, CampaignId, OutcomeCode, UserId } from '../../../shared/std/ids.ts'
import { silentLog } from '../../../shared/std/log.ts'
import { mediaHost } from '../../fakes/media-host.ts'
import { makeUuid } from '../../../server/entry/system.ts'
import { operatorChannel } from '../../../server/calls/names.ts'
import type { Gate } from '../../support/gate.ts'
import { openGate } from '../../support/gate.ts'
import type { PhoneFloor } from '../../support/phone-floor.ts'
import { testPassword } from '../../support/server.ts'

type Driver = NonNullable<Parameters<typeof createServices>[0]['serverLine']>

export interface RealDesk {
  user: UserId
  ask: Client<Desktop>
  shown: {
    desk: Desk
    status: OperatorStatus
    outbox: OutboxView
    session: SessionView
    connection: ConnectionView
  }
  /** What the page does with its microphone and its bell. */
  page: ReturnType<typeof mediaHost>
  work(): NonNullable<Desk['work']>
  attempt(): AttemptId
  phase(): string | undefined
  /** Between this client and the server. */
  network: Gate
  /** The channel of the operator's own leg on the switch. */
  voice(): Promise<string>
  signIn(): Promise<void>
  /** Signed in, phone up, ready. */
  begin(): Promise<void>
  reloadPage(): Promise<void>
  /** The client ends without a word and is started again on the same file; nobody is signed in yet. */
  restartMain(where?: { otherMachine: boolean }): Promise<void>
  /** Another program opens a link to a number. */
  request(number: string): void
  dial(): Promise<void>
  save(outcome: string, key?: string): Promise<unknown>
}

const draft: Draft = { answers: {}, note: 'scritto', page: null, outcome: null, callbackText: '' }

/** Whole clients over the real server with the switch in memory, all on the floor's clock. */
export function realDesks(floor: PhoneFloor, options: { serverLine?: Driver } = {}) {
  const ends: (() => Promise<void>)[] = []

  /** Moves the clock in small steps, with real time for the sockets in between, until it is so. */
  async function until(what: () => unknown, stepMs = 50): Promise<void> {
    for (let round = 0; !what(); round++) {
      if (round > 2_000) throw new Error(`never so: ${what.toString()}`)
      await floor.pass(stepMs)
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
  }
  async function during<T>(answer: Promise<T>): Promise<T> {
    let isSettled = false
    const mark = () => {
      isSettled = true
    }
    answer.then(mark, mark)
    // In smaller steps: requests have time limits on this clock, and answers come in real time.
    await until(() => isSettled, 10)
    return answer
  }
  /** For what must not happen: long enough for whatever is on its way. */
  async function awhile(ms = 500): Promise<void> {
    for (let left = ms; left > 0; left -= 50) {
      await floor.pass(50)
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
  }

  async function desk(...campaigns: CampaignId[]): Promise<RealDesk> {
    const { user } = await floor.createUser('operator')
    for (const campaign_id of campaigns) {
      await floor.db.insertInto('campaign_operators').values({ campaign_id, user_id: user.id }).execute()
    }
    const network = await openGate(await floor.listen())
    const folders: string[] = []
    const newFolder = async () => {
      const made = await mkdtemp(join(tmpdir(), 'cuffia-real-desk-'))
      folders.push(made)
      return made
    }
    let folder = await newFolder()
    let services: Services
    let closePage = () => {}

    const startMain = () => {
      services = createServices({
        serverUrl: network.url,
        storeFile: join(folder, 'desktop.sqlite'),
        dataFolder: folder,
        driver: (deps) => createSimulator({ speed: 1, seed: 1 }, deps),
        ...options,
        clock: floor.clock,
        random: seededRandom(1),
        makeId: makeUuid,
        log: silentLog,
        build: 'test',
        checkOutput: true,
      })
      return services.start()
    }
    const openPage = async () => {
      const { left, right } = memoryChannels()
      const page = mediaHost({ microphone: 'live', focusedAt: 1 })
      let account: string | null = null
      const media = {
        ...page.host.media,
        use: async (given: Parameters<typeof page.host.media.use>[0]) => {
          if (account !== null) floor.pbx.phone.goes(account)
          account = given.account?.username ?? null
          const isIn =
            given.account !== null &&
            floor.pbx.phone.registers(given.account.username, given.account.password)
          page.set({ registration: isIn ? 'registered' : given.account ? 'failed' : 'none' })
        },
      }
      services.serve(right, { window: 'window-1' })
      serve(
        pageContract,
        { media },
        left,
        { window: 'host' },
        {
          makeReference: makeUuid,
          onError: (_reference, error) => {
            throw error
          },
        },
      )
      const ask = connect(desktop, left, { clock: floor.clock })
      const shown: Partial<RealDesk['shown']> = {}
      ask.call.desk((value) => void (shown.desk = value))
      ask.operator.status((value) => void (shown.status = value))
      ask.outbox.state((value) => void (shown.outbox = value))
      ask.session.current((value) => void (shown.session = value))
      ask.session.connection((value) => void (shown.connection = value))
      closePage = () => {
        left.close()
        if (account !== null) floor.pbx.phone.goes(account)
      }
      await until(() => Object.keys(shown).length === 5)
      Object.assign(made, { page, ask, shown })
    }

    const made = {
      user: user.id,
      network,
      work: () => {
        const { work } = made.shown.desk
        if (work === null) throw new Error('there is nothing on the desk')
        return work
      },
      attempt: () => made.work().attempt,
      phase: () => made.shown.desk.work?.call?.phase.name,
      voice: async () => {
        const { channels } = await floor.telephony.snapshot()
        const own = operatorChannel(user.id, 0).slice(0, -1)
        return channels.findLast(({ id }) => id.startsWith(own))?.id ?? ''
      },
      signIn: async () => {
        await during(made.ask.session.signIn({ username: user.username, password: testPassword }))
        await until(() => made.shown.status.view)
      },
      begin: async () => {
        await made.signIn()
        await until(() => made.page.state.current().registration === 'registered')
        await until(() => made.shown.status.view?.phone.state === 'registered')
        await during(made.ask.operator.ready())
        await until(() => made.shown.status.view?.phone.state === 'up')
      },
      reloadPage: async () => {
        closePage()
        await openPage()
      },
      restartMain: async (where) => {
        closePage()
        await services.stop()
        if (where?.otherMachine) folder = await newFolder()
        await startMain()
        await openPage()
      },
      request: (number) => services.requestCall(number),
      dial: async () => {
        await until(() => made.shown.desk.work)
        const { attempt, offer } = made.work()
        const phone = offer.contact.phones[0]?.e164 ?? ''
        await during(made.ask.call.dial({ attempt, phone }))
      },
      save: (outcome, key = makeUuid()) =>
        during(
          made.ask.call.wrapUp({
            attempt: made.attempt(),
            key,
            outcome: outcome as OutcomeCode,
            callbackAt: null,
            draft,
          }),
        ),
    } as RealDesk
    await startMain()
    await openPage()
    ends.push(async () => {
      closePage()
      await services.stop()
      await network.close()
      await Promise.all(folders.map((each) => rm(each, { recursive: true })))
    })
    return made
  }

  return {
    desk,
    until,
    during,
    awhile,
    close: async () => {
      for (const end of ends) await end()
    },
  }
}
