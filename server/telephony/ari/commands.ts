import type { Clock } from '../../../shared/std/clock.ts'
import { AppError } from '../../../shared/std/errors.ts'
import type { Accepted, Direction, Place, Target } from '../port.ts'
import type { Wire } from '../wire.ts'
import type { AriHttp, AriReply } from './http.ts'
import { provisioning } from './provision.ts'

const path = (...parts: string[]) => `/${parts.map(encodeURIComponent).join('/')}`

/**
 * Commands race with hang-ups: 404 (no such channel), 400 and 422 (not in this bridge), 409 and 412 (left our
 * application) all say that what was meant has gone; its `ended` is on the way.
 */
const raced = new Set([400, 404, 409, 412, 422])

function accepted({ status, body }: AriReply): Accepted {
  if (status < 300) return 'done'
  if (raced.has(status)) return 'gone'
  const { message } = (body ?? {}) as { message?: string }
  throw new AppError('internal', `the switch refused: ${status} ${message ?? ''}`)
}

/** For what has an id of our making: a second one with the same id was made before. */
const made = (reply: AriReply): Accepted => (reply.status === 409 ? 'already' : accepted(reply))

function endpointFor(to: Target, trunk: string): string {
  if (to.kind === 'operator') return `PJSIP/${to.account}`
  if (!/^\+?[0-9*#]{1,32}$/.test(to.number)) throw new AppError('invalid-input', 'this is no number')
  return `PJSIP/${to.number}@${trunk}`
}

const placeOf = (on: Place) => ('channel' in on ? path('channels', on.channel) : path('bridges', on.bridge))

const reasons = {
  normal: 'normal',
  busy: 'busy',
  congestion: 'congestion',
  'no-answer': 'no_answer',
  rejected: 'busy',
} as const

/** A channel enters the application within some milliseconds: half a second is long. */
const enterMs = 10
const mostTries = 50

/** The port's commands as ARI requests (Asterisk 22, rest-api/api-docs). */
export function ariCommands(http: AriHttp, app: string, trunk: string, clock: Clock): Wire['commands'] {
  const { ask } = http
  const mute = (id: string, direction: Direction, method: 'POST' | 'DELETE') =>
    ask(method, `${path('channels', id)}/mute`, { direction })

  return {
    createChannel: async ({ id, to, headers = {}, variables = {} }) => {
      const shown = to.kind === 'trunk' && to.callerId !== '' ? to.callerId : undefined
      const all = {
        ...variables,
        ...Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [`PJSIP_HEADER(add,${name})`, value]),
        ),
        // The other side sees the connected line of a channel that we make, not its own caller id.
        ...(shown !== undefined && { 'CALLERID(num)': shown, 'CONNECTEDLINE(num,i)': shown }),
      }
      const query = { endpoint: endpointFor(to, trunk), app, channelId: id }
      return made(await ask('POST', '/channels/create', query, { variables: all }))
    },
    // Asterisk counts whole seconds; ours is the timer that decides, its own comes later for when we are away.
    dial: async (id, timeoutMs) => {
      const query = { timeout: Math.ceil(timeoutMs / 1000) + 2 }
      for (let tries = 0; ; tries++) {
        const reply = await ask('POST', `${path('channels', id)}/dial`, query)
        // It answers a `create` before the channel has entered our application, and refuses to dial it until then.
        if (reply.status !== 409 || tries === mostTries) return accepted(reply)
        await new Promise<void>((resolve) => clock.after(enterMs, resolve))
      }
    },
    answer: async (id) => accepted(await ask('POST', `${path('channels', id)}/answer`)),
    hangUp: async (id, reason = 'normal') =>
      accepted(await ask('DELETE', path('channels', id), { reason: reasons[reason] })),
    startMusic: async (id) => accepted(await ask('POST', `${path('channels', id)}/moh`)),
    stopMusic: async (id) => accepted(await ask('DELETE', `${path('channels', id)}/moh`)),
    mute: async (id, direction) => accepted(await mute(id, direction, 'POST')),
    unmute: async (id, direction) => accepted(await mute(id, direction, 'DELETE')),
    sendDtmf: async (id, digits) =>
      accepted(await ask('POST', `${path('channels', id)}/dtmf`, { dtmf: digits })),

    createBridge: async (id) => made(await ask('POST', path('bridges', id), { type: 'mixing,dtmf_events' })),
    addToBridge: async (bridge, channel) =>
      accepted(await ask('POST', `${path('bridges', bridge)}/addChannel`, { channel })),
    removeFromBridge: async (bridge, channel) =>
      accepted(await ask('POST', `${path('bridges', bridge)}/removeChannel`, { channel })),
    destroyBridge: async (id) => accepted(await ask('DELETE', path('bridges', id))),

    play: async ({ id, on, sound }) =>
      made(await ask('POST', `${placeOf(on)}${path('play', id)}`, { media: sound })),
    stopPlaying: async (id) => accepted(await ask('DELETE', path('playbacks', id))),

    record: async ({ id, bridge, format }) =>
      made(await ask('POST', `${path('bridges', bridge)}/record`, { name: id, format, ifExists: 'fail' })),
    pauseRecording: async (id) => accepted(await ask('POST', `${path('recordings', 'live', id)}/pause`)),
    resumeRecording: async (id) => accepted(await ask('DELETE', `${path('recordings', 'live', id)}/pause`)),
    stopRecording: async (id) => accepted(await ask('POST', `${path('recordings', 'live', id)}/stop`)),
    fetchRecording: async (id) => {
      const { status, body } = await http.stream(`${path('recordings', 'stored', id)}/file`)
      if (status < 300) return body
      body.resume()
      throw new AppError(status === 404 ? 'not-found' : 'internal', `no recording was sent (${status})`)
    },
    deleteRecording: async (id) => accepted(await ask('DELETE', path('recordings', 'stored', id))),

    snoop: async ({ id, channel, spy, whisper }) =>
      made(await ask('POST', `${path('channels', channel)}${path('snoop', id)}`, { app, spy, whisper })),

    ...provisioning(http),
  }
}
