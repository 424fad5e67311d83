import { randomBytes } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { startPbx } from '../../../scripts/lib/pbx/start.mjs'
import type { WebAccount } from '../../../shared/contract/media.ts'
import { answerHeader } from '../../../shared/contract/media.ts'

export type Pbx = Awaited<ReturnType<typeof startPbx>>
export interface Told {
  type: string
  args?: string[]
  cause?: number
  tech_cause?: number
  channel?: { id: string; state: string; caller: { name: string; number: string } }
  recording?: { name: string }
}

/** The real switch by its bare interface: what is tested with it is the phone or the switch, not our client of the switch. */
export async function bareSwitch(pbx: Pbx) {
  const { url, user, password, app } = pbx.ari
  const events: Told[] = []
  const looks = new Set<() => void>()
  const socket = new WebSocket(`${url.replace('http', 'ws')}/events?app=${app}&api_key=${user}:${password}`)
  socket.addEventListener('message', ({ data }) => {
    events.push(JSON.parse(String(data)) as Told)
    for (const look of looks) look()
  })
  await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }))
  const headers = {
    authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
    'content-type': 'application/json',
  }
  const ask = async (method: string, path: string, body?: object) => {
    const reply = await fetch(`${url}${path}`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    })
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`)
  }
  const until = (fits: (event: Told) => boolean) =>
    new Promise<Told>((resolve) => {
      const look = () => {
        const found = events.find(fits)
        if (!found) return
        looks.delete(look)
        resolve(found)
      }
      looks.add(look)
      look()
    })
  let count = 0

  /**
   * Create, then dial: so that no early event is missed. The answer to `create` comes before the channel is in our
   * application: 7 of 100 dialed at once were refused (409 "Channel not in Stasis application").
   */
  async function dial(
    endpoint: string,
    { variables = {}, timeout = 10 }: { variables?: Record<string, string>; timeout?: number } = {},
  ) {
    const id = `leg-${++count}`
    const path = `/channels/create?endpoint=${encodeURIComponent(endpoint)}&app=${app}&channelId=${id}`
    await ask('POST', path, { variables })
    await until(({ type, channel }) => type === 'StasisStart' && channel?.id === id)
    const from = performance.now()
    await ask('POST', `/channels/${id}/dial?timeout=${timeout}`)
    let bridge: Promise<string> | undefined
    /** A channel that was dialed plays and is recorded only inside a bridge. */
    const inBridge = () => (bridge ??= makeBridge())
    async function makeBridge() {
      await ask('POST', `/bridges/bridge-${id}?type=mixing`)
      await ask('POST', `/bridges/bridge-${id}/addChannel?channel=${id}`)
      return `bridge-${id}`
    }
    return {
      id,
      /** Milliseconds from the dial to the answer. */
      up: async () => {
        await until(
          ({ type, channel }) =>
            type === 'ChannelStateChange' && channel?.id === id && channel.state === 'Up',
        )
        return Math.round(performance.now() - from)
      },
      ended: () => until(({ type, channel }) => type === 'ChannelDestroyed' && channel?.id === id),
      hangUp: () => ask('DELETE', `/channels/${id}`),
      play: async (tone: string) =>
        ask('POST', `/bridges/${await inBridge()}/play?media=${encodeURIComponent(tone)}`),
      /** What the other end says in the next second: 8000 samples a second. */
      async record() {
        const name = `heard-${++count}`
        await ask('POST', `/bridges/${await inBridge()}/record?name=${name}&format=wav&maxDurationSeconds=1`)
        await until(({ type, recording }) => type === 'RecordingFinished' && recording?.name === name)
        const [file] = globSync(`**/${name}.wav`, { cwd: pbx.folder })
        if (file === undefined) throw new Error('the recording is not there')
        const wav = readFileSync(join(pbx.folder, file))
        const body = wav.subarray(44)
        return new Int16Array(body.buffer.slice(body.byteOffset, body.byteOffset + (body.length & ~1)))
      },
    }
  }

  return {
    ask,
    until,
    /** A WebRTC account made at run time, as the server makes them. */
    async account(username: string): Promise<WebAccount> {
      const secret = randomBytes(12).toString('hex')
      const put = (type: string, fields: Record<string, string>) =>
        ask('PUT', `/asterisk/config/dynamic/res_pjsip/${type}/${username}`, {
          fields: Object.entries(fields).map(([attribute, value]) => ({ attribute, value })),
        })
      await put('aor', { max_contacts: '1', remove_existing: 'yes', qualify_frequency: '0' })
      await put('auth', { auth_type: 'userpass', username, password: secret })
      await put('endpoint', {
        aors: username,
        auth: username,
        context: 'operators',
        disallow: 'all',
        allow: 'opus,ulaw',
        webrtc: 'yes',
        direct_media: 'no',
      })
      return {
        kind: 'web',
        username,
        password: secret,
        domain: '127.0.0.1',
        wsUrl: pbx.sip.wsUrl,
        iceServers: [],
        answerToken: randomBytes(12).toString('hex'),
        echoNumber: '600',
        expiresAt: Date.now() + 3_600_000,
      }
    },
    /** Calls a number at the carrier. */
    dialOut: (number: string, timeout = 10) => dial(`PJSIP/${number}@carrier`, { timeout }),
    /** Calls the phone; `token` null leaves the header out. */
    call: ({ username, answerToken }: WebAccount, token: string | null = answerToken) =>
      dial(`PJSIP/${username}`, {
        variables: token === null ? {} : { [`PJSIP_HEADER(add,${answerHeader})`]: token },
      }),
    close: () => socket.close(),
  }
}

/** Root of the mean square, as its share of full level. */
export const loudness = (samples: Int16Array): number =>
  Math.sqrt(samples.reduce((sum, sample) => sum + (sample / 32_768) ** 2, 0) / Math.max(1, samples.length))
