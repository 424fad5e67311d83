import type { CheckResult, diagnostics } from '../../../shared/contract/diagnostics.ts'
import type { Host } from '../../../shared/rpc/contract.ts'
import { AppError } from '../../../shared/std/errors.ts'
import type { DiagnosticsPorts } from './ports.ts'

type Finding = Pick<CheckResult, 'result' | 'values'>
/** Null: there is nothing to check here. */
type Step = (ports: DiagnosticsPorts) => Finding | null | Promise<Finding | null>

/** Beyond this a callback's time would be read wrongly by minutes; RFC 5905 clients stay far below. */
const clockOffWarningMs = 5_000
const diskWarningBytes = 200 * 1024 * 1024
const outboxWarning = 20

const say = (result: CheckResult['result'], values: CheckResult['values'] = {}): Finding => ({
  result,
  values,
})

/** Small steps with results as plain data: nothing personal is in them, so that they can be sent to the support. */
const steps: Record<CheckResult['id'], Step> = {
  server: async ({ askServer, connection }) => {
    await askServer()
    return say(connection.current().server === 'up' ? 'ok' : 'failed', {
      server: connection.current().server,
    })
  },
  session: ({ signedIn }) => {
    const user = signedIn.current()
    if (user === null) return say('failed', { signedIn: 'no' })
    return say(user.mustChangePassword ? 'failed' : 'ok', { signedIn: 'yes', role: user.role })
  },
  clock: ({ connection }) => {
    const { clockOffset } = connection.current()
    const off = Math.abs(clockOffset) > clockOffWarningMs
    return say(off ? 'warning' : 'ok', { offsetMs: Math.round(clockOffset) })
  },
  disk: async ({ writeDisk, freeDiskBytes }) => {
    writeDisk()
    const free = await freeDiskBytes()
    return say(free < diskWarningBytes ? 'warning' : 'ok', { freeMegabytes: Math.floor(free / 1024 / 1024) })
  },
  line: ({ lines, ignored }) => {
    const all = lines()
    const values = all.map(({ name, up, legs }) => [name, up ? `up, ${legs} legs` : 'down'])
    const isMissing = all.some(({ up, isNeeded }) => isNeeded && !up)
    return say(isMissing ? 'failed' : 'ok', { ...Object.fromEntries(values), ignored: ignored() })
  },
  phone: ({ phone }) => phone.phone(),
  microphone: ({ phone }) => phone.microphone(),
  outbox: ({ outbox }) => {
    const { waiting, problems } = outbox.current()
    const odd = problems.length > 0 || waiting > outboxWarning
    return say(odd ? 'warning' : 'ok', { waiting, problems: problems.length })
  },
}

export interface DiagnosticsService {
  host: Host<{ diagnostics: typeof diagnostics }>['diagnostics']
  run(): Promise<CheckResult[]>
}

export function diagnosticsService(ports: DiagnosticsPorts): DiagnosticsService {
  const check = async (id: CheckResult['id']): Promise<CheckResult[]> => {
    const from = ports.clock.now()
    const finding = await Promise.resolve(ports)
      .then(steps[id])
      .catch((error: unknown) => {
        ports.log.warn({ error, check: id }, 'a check failed')
        return say('failed', { code: error instanceof AppError ? error.code : 'internal' })
      })
    return finding === null ? [] : [{ id, ...finding, tookMs: ports.clock.now() - from }]
  }
  const run = async () => (await Promise.all((Object.keys(steps) as CheckResult['id'][]).map(check))).flat()
  return { run, host: { run } }
}
