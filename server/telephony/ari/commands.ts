import { z } from 'zod'
import { AppError } from '../../../shared/std/errors.ts'
import type { Accepted, ChannelId, Direction, Place, Target } from '../port.ts'
import type { Wire } from '../wire.ts'
import type { Entrance } from './entrance.ts'
import { AriChannel } from './events.ts'
import { ours } from './facts.ts'
import type { AriHttp, AriReply } from './http.ts'
import { provisioning } from './provision.ts'
import { accepted, messageOf, read, refusal } from './replies.ts'

const path = (...parts: string[]) => `/${parts.map(encodeURIComponent).join('/')}`

function endpointFor(to: Target, trunk: string): string {
  if (to.kind === 'operator') return `PJSIP/${to.account}`
  if (!/^\+?[0-9*#]{1,32}$/.test(to.number)) throw new AppError('invalid-input', 'this is no number')
  return `PJSIP/${to.number}@${trunk}`
}

const placeOf = (on: Place) => ('channel' in on ? path('channels', on.channel) : path('bridges', on.bridge))

/** Busy is what a carrier passes on best; Asterisk would make 403 of `rejected`, which reads like a fault of ours. */
const reasons = {
  normal: 'normal',
  busy: 'busy',
  congestion: 'congestion',
  'no-answer': 'no_answer',
  rejected: 'busy',
} as const

/** The port's commands as ARI requests (Asterisk 22, rest-api/api-docs). */
export function ariCommands(
  http: AriHttp,
  { app, trunk }: { app: string; trunk: string },
  door: Entrance,
): Wire['commands'] {
  const { ask } = http
  const channel = (id: ChannelId, what: string) => `${path('channels', id)}/${what}`
  const mute = async (id: ChannelId, direction: Direction, method: 'POST' | 'DELETE') =>
    accepted(await ask(method, channel(id, 'mute'), { direction }))
  const livingIds = async () => (await read(http, '/channels', z.array(AriChannel))).map(({ id }) => id)

  /** Makes a channel and waits until it is in our application. */
  async function make(id: ChannelId, ask: () => Promise<AriReply>): Promise<Accepted> {
    const { entered, forget } = door.expect(id)
    const reply = await ask().catch((error: unknown) => {
      forget()
      throw error
    })
    if (reply.status < 300) {
      await entered
      return 'done'
    }
    forget()
    if (reply.status === 404) return 'gone'
    if (reply.status !== 409 && reply.status !== 500) throw refusal(reply)
    // A status is no proof: after one real duplicate Asterisk also says 409 of an endpoint that does not exist, a second
    // snoop with the same id is a 500, and an id that a living one begins with counts as taken.
    const living = await livingIds()
    if (living.includes(id)) return 'already'
    if (living.some((each) => each.toLowerCase().startsWith(id.toLowerCase())))
      throw new AppError('conflict', 'a living channel has an id that begins so')
    throw new AppError('not-found', `the switch has no way there: ${messageOf(reply)}`)
  }

  return {
    createChannel: ({ id, to, headers = {}, variables = {} }) => {
      const shown = to.kind === 'trunk' && to.callerId !== '' ? to.callerId : undefined
      const all = {
        ...variables,
        ...Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [`PJSIP_HEADER(add,${name})`, value]),
        ),
        // The other side sees the connected line of a channel that we make, not its own caller id.
        ...(shown !== undefined && { 'CALLERID(num)': shown, 'CONNECTEDLINE(num,i)': shown }),
        // Else Asterisk carries out a phone's REFER itself, behind our back.
        ...(to.kind === 'operator' && { 'PJSIP_TRANSFER_HANDLING()': 'ari-only' }),
      }
      const query = { endpoint: endpointFor(to, trunk), app, appArgs: ours, channelId: id }
      return make(id, () => ask('POST', '/channels/create', query, { variables: all }))
    },
    dial: async (id, timeoutMs) => {
      // Asterisk counts whole seconds; ours is the timer that decides, its own comes later for when we are away.
      const timeout = Math.ceil(timeoutMs / 1000) + 2
      const reply = await ask('POST', channel(id, 'dial'), { timeout })
      return reply.status === 409 && messageOf(reply).includes('Down') ? 'already' : accepted(reply)
    },
    answer: async (id) => accepted(await ask('POST', channel(id, 'answer'))),
    hangUp: async (id, reason = 'normal') =>
      accepted(await ask('DELETE', path('channels', id), { reason: reasons[reason] })),
    startMusic: async (id) => accepted(await ask('POST', channel(id, 'moh'))),
    stopMusic: async (id) => accepted(await ask('DELETE', channel(id, 'moh'))),
    mute: (id, direction) => mute(id, direction, 'POST'),
    unmute: (id, direction) => mute(id, direction, 'DELETE'),
    sendDtmf: async (id, digits) => accepted(await ask('POST', channel(id, 'dtmf'), { dtmf: digits })),

    createBridge: async (id) => {
      const reply = await ask('POST', path('bridges', id), { type: 'mixing,dtmf_events' })
      return reply.status === 409 ? 'already' : accepted(reply)
    },
    addToBridge: async (bridge, id) =>
      accepted(await ask('POST', `${path('bridges', bridge)}/addChannel`, { channel: id })),
    removeFromBridge: async (bridge, id) =>
      accepted(await ask('POST', `${path('bridges', bridge)}/removeChannel`, { channel: id })),
    destroyBridge: async (id) => accepted(await ask('DELETE', path('bridges', id))),

    play: async ({ id, on, sound }) =>
      accepted(await ask('POST', `${placeOf(on)}${path('play', id)}`, { media: sound })),
    stopPlaying: async (id) => accepted(await ask('DELETE', path('playbacks', id))),

    record: async ({ id, bridge, format }) => {
      const query = { name: id, format, ifExists: 'fail' }
      const reply = await ask('POST', `${path('bridges', bridge)}/record`, query)
      if (reply.status === 422) throw refusal(reply)
      return reply.status === 409 && messageOf(reply).includes('exists') ? 'already' : accepted(reply)
    },
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

    snoop: ({ id, channel: of, spy, whisper }) =>
      make(id, () =>
        ask('POST', `${path('channels', of)}${path('snoop', id)}`, { app, appArgs: ours, spy, whisper }),
      ),

    ...provisioning(http),
  }
}
