import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { storeFile } from '../../main/system/paths.ts'
import { seededRandom, seedOf } from '../../shared/std/clock.ts'
import { listOf, openCallCentre } from '../support/call-centre.ts'
import { openPage } from '../support/page.ts'
import {
  databaseUrl,
  killPostgres,
  postgresPid,
  runFolder,
  startClient,
  startServer,
  tailOf,
} from '../support/processes.ts'
import { problemsOf } from './books.ts'
import { emptyLedger } from './ledger.ts'
import { operatorAtWork } from './operator.ts'
import { readOutbox, readServer } from './read-books.ts'
import type { Seat, Strike } from './victims.ts'
import { moments, seat, strikes } from './victims.ts'

const seed = Number(process.env['CUFFIA_KILL_SEED'] ?? Date.now() % 1_000_000)
const calls = Number(process.env['CUFFIA_KILL_CALLS'] ?? 200)
const kills = { client: 20, server: 10, postgres: 5, all: 3 }
const again = `CUFFIA_KILL_SEED=${seed} CUFFIA_KILL_CALLS=${calls}`

const folder = runFolder('cuffia-kill-')
const serverData = join(folder.path, 'server')
const seats: Seat[] = []
let passed = false
afterAll(async () => {
  for (const each of seats.toReversed()) await each.stop()
  // What failed stays to be looked at: the logs, both books.
  if (passed) folder.remove()
})

/** Kills PostgreSQL as soon as there is one: it may be coming up again just now. */
async function strikePostgres(): Promise<void> {
  while (!killPostgres(serverData)) await wait(20)
}

test(
  `of ${calls} calls nothing is lost and nothing is worked twice, whatever is killed and when (${again})`,
  { timeout: 240_000 + calls * 300 },
  async () => {
    const random = (name: string) => seededRandom(seedOf(`${seed}/${name}`))
    const ledger = emptyLedger()
    let port = 0
    const server = await seat(() => startServer(serverData, port, folder.log('server')))
    seats.push(server)
    const { url, firstAdministrator } = (await server.current()).ready
    port = Number(new URL(url).port)
    if (!firstAdministrator) throw new Error('an empty server has a first administrator')
    const floor = await openCallCentre({
      url,
      firstAdministrator,
      operators: 2,
      csv: listOf(Math.ceil(calls * 1.2) + 20),
    })

    const dataOf = (client: number) => join(folder.path, `client-${client}`)
    const clients: Seat[] = []
    for (const client of [0, 1]) {
      const wish = { server: url, dataDir: dataOf(client), speed: 200, seed: seed + client }
      const made = await seat(() => startClient({ ...wish, log: folder.log(`client-${client}`) }))
      seats.push(made)
      clients.push(made)
    }

    const { about, next } = moments()
    let struck = 0
    const plan = strikes(kills, random('strikes'))
    const over = () => ledger.wrappedUp.length >= calls && struck === plan.length
    const people = floor.operators.map((person, client) =>
      operatorAtWork({
        person,
        ledger,
        random: random(person.username),
        over,
        about: (moment) => about(client, moment),
        address: async () =>
          (await (await clients[client]!.current()).ask({ type: 'new-address' }, 'address')).url,
      }),
    )

    const comingBack: Promise<void>[] = []
    const strike = async ({ target, client, moment, delayMs }: Strike) => {
      if (moment !== 'any') await next(client, moment)
      await wait(delayMs)
      // Its colleague and the server go on meanwhile, and may be next.
      if (target === 'client') comingBack.push(clients[client]!.kill())
      if (target === 'server') await server.kill()
      if (target === 'postgres') await strikePostgres()
      if (target === 'all') await Promise.all([strikePostgres(), server.kill(), clients[client]!.kill()])
      struck++
    }
    const killer = async () => {
      for (const [index, each] of plan.entries()) {
        while (ledger.wrappedUp.length < (index * calls) / plan.length) await wait(10)
        await strike(each)
      }
    }
    await Promise.all([killer(), ...people])
    await Promise.all(comingBack)
    await Promise.all(floor.operators.map((person, client) => drained(clients[client]!, person)))

    for (const client of clients) await client.stop()
    const outbox = [0, 1].flatMap((client) => readOutbox(storeFile(dataOf(client))))
    const books = { imported: floor.records, ...(await readServer(databaseUrl(serverData))), outbox, ledger }
    const logs = () =>
      ['server', 'client-0', 'client-1'].map((name) => `${name}:\n${tailOf(folder.log(name))}`)
    const problems = problemsOf(books)
    expect(problems, `${again} ${folder.path}\n${problems.length > 0 ? logs().join('\n') : ''}`).toEqual([])
    expect(ledger.wrappedUp.length).toBeGreaterThanOrEqual(calls)
    expect(struck).toBe(plan.length)
    // Otherwise the deaths came at moments at which nobody had typed anything.
    expect(ledger.restored).toBeGreaterThan(0)
    expect(ledger.takenBack.length).toBeGreaterThan(0)
    expect(ledger.skipped.length).toBeGreaterThan(0)

    await server.stop()
    expect(postgresPid(serverData)).toBeUndefined()
    expect(existsSync(join(serverData, 'postgres', 'cluster', 'postmaster.pid'))).toBe(false)
    passed = true
  },
)

/** Whoever is signed in at a client has nothing waiting any more. */
async function drained(client: Seat, { username, password }: { username: string; password: string }) {
  const { url } = await (await client.current()).ask({ type: 'new-address' }, 'address')
  const page = await openPage(url)
  const { status } = await page.until(page.host.session.current, () => true)
  if (status === 'signed-out') await page.host.session.signIn({ username, password })
  await page.until(page.host.outbox.state, ({ waiting }) => waiting === 0)
  page.close()
}
