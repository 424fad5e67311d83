import { setTimeout as wait } from 'node:timers/promises'
import { createCrmClient } from '../main/crm/client.ts'
import { createStream } from '../main/crm/stream.ts'
import type { LegNews } from '../shared/crm-api/lines.ts'
import type { WebAccount } from '../shared/contract/media.ts'
import type { OperatorView } from '../shared/crm-api/work.ts'
import type { AttemptId, LegId, OutcomeCode } from '../shared/std/ids.ts'
import { silentLog } from '../shared/std/log.ts'
import { makeUuid, systemClock } from '../server/entry/system.ts'
import type { Signed } from '../tests/support/call-centre.ts'
import { preciseNow } from './wire.ts'

/** When an operator's client was told of an answer. */
export interface Told {
  leg: LegId
  at: number
}

export interface CrowdOptions {
  url: string
  /** Registers a phone with the account; resolves when it is registered. */
  openPhone: (account: WebAccount) => Promise<void>
  told: (answer: Told) => void
}

/** An operator without a page: speaks with the server as a client does, talks for a while, hangs up, says an outcome. */
export async function crowdOperator(who: Signed, options: CrowdOptions) {
  const { url } = options
  const ports = { baseUrl: url, token: () => who.token, clock: systemClock, log: silentLog }
  const crm = createCrmClient({ ...ports, makeId: makeUuid }).calls
  const stream = createStream({ ...ports, random: Math.random })
  let view: OperatorView | null = null
  const seen = Promise.withResolvers<void>()
  let talkMs = 0
  let busy = false
  let stopped = false

  async function talk(leg: LegId): Promise<void> {
    await wait(talkMs)
    await crm.lines.command({ params: { leg }, body: { do: 'hang-up' } }).catch(() => undefined)
  }
  async function wrapUp(id: AttemptId): Promise<void> {
    const now = systemClock.now()
    const call = {
      phone: view?.work?.offer.contact.phones[0]?.e164 ?? '',
      startedAt: now,
      answeredAt: now,
      endedAt: now,
      end: 'hung-up-by-us' as const,
      switchCause: null,
    }
    const outcome = 'not-interested' as OutcomeCode
    await crm.work.wrapUp({
      params: { id },
      body: { outcome, answers: {}, note: '', callbackAt: null, savedAt: now, call },
    })
  }
  const news = (event: LegNews) => {
    if (event.type !== 'leg-answered') return
    options.told({ leg: event.leg, at: preciseNow() })
    void talk(event.leg)
  }
  stream.messages((message) => {
    if (message.type === 'leg') news(message.event)
    if (message.type !== 'operator') return
    view = message.view
    seen.resolve()
    if (view.state !== 'wrap-up' || busy || stopped || !view.work) return
    busy = true
    void wrapUp(view.work.offer.attempt).finally(() => (busy = false))
  })
  stream.open()
  await seen.promise
  const account = await crm.phone.account({ body: { kind: 'web' } })
  if (account.kind === 'web') await options.openPhone(account)
  return {
    view: () => view,
    /** From now on calls come, each as long as said. */
    work: async (ms: number) => {
      talkMs = ms
      await crm.work.setState({ body: { to: 'ready' } })
    },
    stop: () => {
      stopped = true
      stream.close()
    },
  }
}
