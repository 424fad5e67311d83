import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { build, preview } from 'vite'
import type { WebAccount } from '../shared/contract/media.ts'
import type { RealCentre } from '../tests/e2e/support/real-centre.ts'
import { realPageOptions } from '../tests/e2e/support/real-desk.ts'
import { crowdOperator, type Told } from './crowd.ts'
import { browserPids, watchUse, type Use } from './process-use.ts'
import { bridgingTimes, eventLatencies, type SwitchObserver } from './switch-observer.ts'

const root = resolve(import.meta.dirname, 'phones-page')

/** A page of many phones. */
async function openPhones(centre: RealCentre, outDir: string) {
  await build({ root, base: './', configFile: false, logLevel: 'error', build: { outDir, target: 'es2024' } })
  const host = await preview({
    root,
    configFile: false,
    logLevel: 'error',
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0 },
  })
  const context = await centre.browser.newContext(realPageOptions)
  const page = await context.newPage()
  await page.goto(host.resolvedUrls?.local[0] ?? '')
  await page.waitForFunction(() => 'addPhone' in window)
  return {
    add: (account: WebAccount) =>
      page.evaluate(
        (given) => (window as unknown as { addPhone(account: WebAccount): Promise<void> }).addPhone(given),
        account,
      ),
    close: async () => {
      await context.close()
      await host.close()
    },
  }
}

export interface LoadStep {
  /** Operators at work, each with a browser's leg. */
  operators: number
  /** Answered a second, and how many talked at the same time in the middle of the step. */
  callsPerSecond: number
  atOnce: number
  bridging: number[]
  /** Asterisk's stamp of an event to its receipt by an application beside our server. */
  events: number[]
  /** Asterisk's stamp of an answer to the operator's client being told. */
  told: number[]
  use: Record<'asterisk' | 'server' | 'browser', Use>
}

/**
 * Operators with browsers' legs in a progressive campaign, more from step to step.
 */
export async function runLoad(
  centre: RealCentre,
  observer: SwitchObserver,
  wish: { steps: readonly number[]; seconds: number; talkMs: number; serverPid: number },
  say: (line: string) => void,
): Promise<LoadStep[]> {
  const phones = await openPhones(centre, resolve(centre.folder, 'phones-page'))
  const answers: Told[] = []
  const people = []
  const most = Math.max(...wish.steps)
  say(`making ${most} operators`)
  for (let index = 0; index < most; index++) people.push(await centre.person())
  const endings = Array.from({ length: 4_000 }, () => '55')
  await centre.campaign(people, endings, { workMode: 'progressive' })
  const crowd: Awaited<ReturnType<typeof crowdOperator>>[] = []
  const results: LoadStep[] = []
  try {
    for (const operators of wish.steps) {
      for (const who of people.slice(crowd.length, operators)) {
        const options = {
          url: centre.server.url,
          openPhone: phones.add,
          told: (answer: Told) => answers.push(answer),
        }
        const one = await crowdOperator(who, options)
        crowd.push(one)
        // spread over the length of a call: people do not begin together
        await wait(wish.talkMs / most)
        await one.work(wish.talkMs)
      }
      await wait(wish.talkMs)
      observer.clear()
      answers.splice(0)
      const use = watchUse({
        asterisk: [centre.pbx.pid ?? 0],
        server: [wish.serverPid],
        browser: await browserPids(centre.browser),
      })
      await wait(wish.seconds * 500)
      const atOnce = crowd.filter((one) => one.view()?.state === 'talking').length
      await wait(wish.seconds * 500)
      const used = use()
      const events = [...observer.events]
      const stamps = new Map(
        events.flatMap(({ type, channel = '', state, stamped }) =>
          type === 'ChannelStateChange' && state === 'Up' ? [[channel, stamped] as const] : [],
        ),
      )
      const told = answers.flatMap(({ leg, at }) => {
        const from = stamps.get(leg)
        return from === undefined ? [] : [Math.max(0, at - from)]
      })
      const step = {
        operators,
        callsPerSecond: told.length / wish.seconds,
        atOnce,
        bridging: bridgingTimes(events),
        events: eventLatencies(events),
        told,
        use: used,
      }
      results.push(step)
      const sorted = told.toSorted((a, b) => a - b)
      const p99 = sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.POSITIVE_INFINITY
      say(`${operators} operators: ${told.length} calls, ${atOnce} at once, told p99 ${p99.toFixed(1)} ms`)
    }
    return results
  } finally {
    for (const one of crowd) one.stop()
    await phones.close()
  }
}
