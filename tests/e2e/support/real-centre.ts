import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from '@playwright/test'
import { ensureSipp, startCarrier, voices } from '../../../scripts/lib/pbx/callers.mjs'
import { level } from '../../../scripts/lib/pbx/ears.mjs'
import { serverSettings, startPbx } from '../../../scripts/lib/pbx/start.mjs'
import { ensureAsterisk } from '../../../scripts/lib/pbx/tree.mjs'
import type { CampaignDraft } from '../../../shared/crm-api/campaigns.ts'
import type { CampaignId } from '../../../shared/std/ids.ts'
import { importContacts, launchCampaign, openStaff, type Signed } from '../../support/call-centre.ts'
import { runFolder, tailOf } from '../../support/processes.ts'
import { fakeAudio, writeVoice } from '../../support/voice.ts'
import { openRealDesk, type RealDesk } from './real-desk.ts'
import { startRealServer, type RealServer } from './server.ts'

export { voices }
/** What the operator's microphone says, in Hz: nobody outside says it. */
export const operatorVoice = 700

export interface RealCentre {
  pbx: Awaited<ReturnType<typeof startPbx>>
  carrier: Awaited<ReturnType<typeof startCarrier>>
  server: RealServer
  supervisor: Signed
  browser: Browser
  folder: string
  /** An operator; campaigns are given to them by `campaign`. */
  person(): Promise<Signed>
  /** A running campaign whose contacts' numbers end in `endings` (resources/pbx). */
  campaign(
    operators: readonly Signed[],
    endings: readonly string[],
    wish?: Partial<CampaignDraft>,
  ): Promise<CampaignId>
  /** Contacts that are in no campaign, one for each number. */
  contacts(numbers: readonly string[]): Promise<number>
  /** An operator with a campaign of their own. */
  operator(
    endings: readonly string[],
    campaign?: Partial<CampaignDraft>,
  ): Promise<{ who: Signed; campaign: CampaignId }>
  /** Somebody's computer: the client, and a browser whose microphone speaks. `prepare` comes before the page is opened. */
  desk(options?: { prepare?: (page: Page) => Promise<void> }): Promise<RealDesk>
  /** What is sent to the customer while we listen; of several calls the loudest. Levels are shares of full level. */
  customerHears(ms?: number): Promise<{ operator: number; anything: number }>
  /** What the processes have written, for a test that failed. */
  logs(): string
  close(): Promise<void>
}

/** Why real calls cannot be made here; null where they can. Under CI that is a failure. */
export function whyNoRealCalls(env: NodeJS.ProcessEnv): string | null {
  try {
    ensureAsterisk(console.log, env)
    ensureSipp(console.log)
    return null
  } catch (error) {
    if (env['CI']) throw error
    return (error as Error).message
  }
}

/** Root of the mean square, as its share of full level. */
const loudness = (samples: Int16Array): number =>
  Math.sqrt(samples.reduce((sum, sample) => sum + (sample / 32_768) ** 2, 0) / Math.max(1, samples.length))

export const openRealBrowser = (executablePath: string, voice: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      ...fakeAudio(voice),
      ...[
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
      // Chromium's sandbox refuses to run as root.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  })

const listOf = (rows: readonly string[]) => ({
  name: 'elenco.csv',
  bytes: Buffer.from(['COGNOME;NOME;CELL', ...rows].join('\r\n')),
})
const serialOf = (index: number) => String(index).padStart(5, '0')

/** The whole chain: Asterisk, SIPp as carrier and customers, the server with its PostgreSQL, a browser with a microphone. */
export async function openRealCentre(options: {
  chromium: string
  ringMs?: number
  /** How long customers talk who hang up by themselves. */
  talkMs?: number
}): Promise<RealCentre> {
  const folder = runFolder('cuffia-real-')
  const closes: (() => unknown)[] = [() => folder.remove()]
  const close = async () => {
    for (const each of closes.splice(0).toReversed()) await each()
  }
  try {
    const pbx = await startPbx()
    closes.push(() => pbx.stop())
    const carrier = await startCarrier(pbx, {
      ringMs: options.ringMs ?? 300,
      talkMs: options.talkMs ?? 4_000,
    })
    closes.push(() => carrier.stop())
    const pbxConfig = join(folder.path, 'pbx.json')
    writeFileSync(pbxConfig, JSON.stringify(serverSettings(pbx)))
    const server = await startRealServer(join(folder.path, 'server'), folder.log('server'), pbxConfig)
    closes.push(() => server.stop())
    const { url } = server
    const { supervisor, person } = await openStaff(server)
    const voice = join(folder.path, 'voice.wav')
    writeVoice(voice, operatorVoice)
    const browser = await openRealBrowser(options.chromium, voice)
    closes.push(() => browser.close())
    const count = { operators: 0, campaigns: 0, contacts: 0, desks: 0 }
    const newPerson = () => person(`operatore${++count.operators}`, 'operator')
    const newCampaign: RealCentre['campaign'] = async (operators, endings, wish = {}) => {
      const rows = endings.map((ending, index) => {
        const serial = serialOf(++count.contacts)
        return `Cognome${index};Nome${index};394${serial}${ending}`
      })
      const csv = rows.length === 0 ? null : listOf(rows)
      const campaign = {
        code: `VERE${++count.campaigns}`,
        line: 'pbx' as const,
        callerId: '+390810550000',
        operators: operators.map(({ id }) => id),
        ...wish,
      }
      return (await launchCampaign(url, supervisor, { csv, campaign })).campaign
    }
    return {
      pbx,
      carrier,
      server,
      supervisor,
      browser,
      folder: folder.path,
      person: newPerson,
      campaign: newCampaign,
      contacts: (numbers) => {
        const rows = numbers.map((number, index) => `Chiamante${index};Nome${index};${number}`)
        return importContacts(url, supervisor, listOf(rows))
      },
      operator: async (endings, campaign) => {
        const who = await newPerson()
        return { who, campaign: await newCampaign([who], endings, campaign) }
      },
      desk: async ({ prepare } = {}) => {
        const name = `desk-${++count.desks}`
        const desk = await openRealDesk(browser, {
          server: url,
          prepare,
          dataDir: join(folder.path, name),
          log: folder.log(name),
        })
        closes.push(() => desk.close())
        return desk
      },
      customerHears: async (ms = 700) => {
        const calls = await carrier.listen(ms)
        return {
          operator: Math.max(0, ...calls.map(({ samples }) => level(samples, operatorVoice))),
          anything: Math.max(0, ...calls.map(({ samples }) => loudness(samples))),
        }
      },
      logs: () =>
        ['server', ...Array.from({ length: count.desks }, (_, index) => `desk-${index + 1}`)]
          .map((name) => `--- ${name}\n${tailOf(folder.log(name), 60)}`)
          .join('\n'),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
