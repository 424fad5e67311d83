import { callIn } from '../scripts/lib/pbx/callers.mjs'
import { becomeReady } from '../tests/e2e/support/call.ts'
import { signIn } from '../tests/e2e/support/people.ts'
import { openRealCentre, type RealCentre } from '../tests/e2e/support/real-centre.ts'
import { counter } from './operator.ts'
import { afterKey, callOut, comings, pressedOn, shownBy, takeCalls, watchCallBar } from './real-operator.ts'
import { percentile, report, type Row } from './report.ts'
import type { BenchOptions } from './stack.ts'
import { bridgingTimes, observeSwitch, type SwitchObserver } from './switch-observer.ts'
import { runLoad, type LoadStep } from './telephony-load.ts'

const calls = Number(process.env['CUFFIA_BENCH_CALLS'] ?? 200)
const steps = (process.env['CUFFIA_BENCH_OPERATORS'] ?? '10,20,40').split(',').map(Number)
const called = '+390815599000'
/** How late the news of an answer may be at the operator's client. */
const limitMs = 200

/** One operator with the real page, who calls by keyboard. */
async function outgoing(centre: RealCentre, observer: SwitchObserver): Promise<Row[]> {
  const { who } = await centre.operator(Array.from({ length: calls + 5 }, () => '55'))
  const desk = await centre.desk({ prepare: watchCallBar })
  const { page } = desk
  await signIn(page, who)
  await becomeReady(page)
  observer.clear()
  await callOut(page, calls, counter(calls))
  const [keys, shown] = [await pressedOn(page), await shownBy(page)]
  const answered = observer.events.filter(
    ({ type, state }) => type === 'ChannelStateChange' && state === 'Up',
  )
  await desk.close()
  return [
    {
      what: 'customer answers -> both in one bridge',
      values: bridgingTimes(observer.events),
      unit: 'ms',
      target: 50,
    },
    {
      what: 'key -> ringing painted',
      values: afterKey('F2', 'Squilla', keys, shown),
      unit: 'ms',
      target: null,
    },
    {
      what: 'customer answers -> talking painted',
      values: comings('In linea', shown).flatMap(({ at }) => {
        const from = answered.findLast(({ stamped }) => stamped < at)
        return from === undefined ? [] : [at - from.stamped]
      }),
      unit: 'ms',
      target: null,
    },
    {
      what: 'hang-up key -> wrap-up painted',
      values: afterKey('F4', 'Post-chiamata', keys, shown),
      unit: 'ms',
      target: null,
    },
  ]
}

/** The same operator's page, called from outside by contacts that the server knows. */
async function incoming(centre: RealCentre, observer: SwitchObserver): Promise<Row[]> {
  const numbers = Array.from({ length: calls }, (_, index) => `39499${String(index).padStart(5, '0')}`)
  await centre.contacts(numbers)
  const who = await centre.person()
  await centre.campaign([who], [], { inbound: { numbers: [called] } })
  const desk = await centre.desk({ prepare: watchCallBar })
  const { page } = desk
  await signIn(page, who)
  await page.getByText('Tutto a posto: puoi cominciare.').waitFor()
  await page.keyboard.press('F2')
  observer.clear()
  const callers: { stop(): Promise<void> }[] = []
  await takeCalls(
    page,
    calls,
    (index) => {
      const from = `+39${numbers[index] ?? ''}`
      callers.push(callIn(centre.pbx, [{ from, to: called }], { talkMs: 20_000 }))
    },
    counter(calls),
  )
  const shown = await shownBy(page)
  const invited = observer.events.filter(({ type, state }) => type === 'ChannelCreated' && state === 'Ring')
  await desk.close()
  for (const caller of callers) await caller.stop()
  return [
    {
      what: 'INVITE at the PBX -> contact painted',
      values: comings('Squilla', shown).flatMap(({ at }) => {
        const from = invited.findLast(({ stamped }) => stamped < at)
        return from === undefined ? [] : [at - from.stamped]
      }),
      unit: 'ms',
      target: 60,
    },
  ]
}

function loadRows(step: LoadStep): Row[] {
  const at = `${step.operators} operators`
  const perTen = (value: number) => [(value / Math.max(1, step.atOnce)) * 10]
  const use = (Object.keys(step.use) as (keyof LoadStep['use'])[]).flatMap((name): Row[] => [
    { what: `${at}, ${name} per 10 calls`, values: perTen(step.use[name].cpu), unit: '%', target: null },
    { what: `${at}, ${name} in all`, values: [step.use[name].megabytes], unit: 'MB', target: null },
  ])
  return [
    { what: `${at}: answers -> one bridge`, values: step.bridging, unit: 'ms', target: 50 },
    { what: `${at}: event -> application`, values: step.events, unit: 'ms', target: limitMs },
    { what: `${at}: answers -> operator told`, values: step.told, unit: 'ms', target: limitMs },
    ...use,
  ]
}

/** Real calls on a real Asterisk: what an operator waits for, and what many of them cost. */
export default async function bench({ chromium }: BenchOptions): Promise<void> {
  const centre = await openRealCentre({ chromium })
  const observer = await observeSwitch(centre.pbx.ari)
  try {
    report(`bench:telephony – one operator, ${calls} calls out`, await outgoing(centre, observer))
    report('bench:telephony – one operator, calls in', await incoming(centre, observer))
    const wish = { steps, seconds: 40, talkMs: 7_000, serverPid: centre.server.pid }
    const loads = await runLoad(centre, observer, wish, console.log)
    report('bench:telephony – operators with browsers’ legs', loads.flatMap(loadRows))
    for (const { operators, atOnce, callsPerSecond } of loads) {
      console.log(
        `${operators} operators: ${atOnce} talking at once, ${callsPerSecond.toFixed(1)} calls a second`,
      )
    }
    const kept = loads.filter(({ told }) => percentile(told, 0.99) <= limitMs)
    console.log(
      `the most who are told of an answer within ${limitMs} ms (p99): ${kept.at(-1)?.operators ?? 'none'}`,
    )
  } finally {
    observer.close()
    await centre.close()
  }
}
