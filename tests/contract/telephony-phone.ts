import { createHash, randomBytes } from 'node:crypto'
import type { Socket } from 'node:dgram'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'

/** A desk phone on a wire: as much of RFC 3261 as the specification of the port needs, and DTMF as RFC 4733. */
export interface SipPhone {
  /** The status of the last answer: 200, or 401 for a wrong password. */
  register(expires?: number): Promise<number>
  /** Headers of the last INVITE, lower-case names. */
  invited(): ReadonlyMap<string, string>
  hold(on: boolean): Promise<number>
  press(digit: number): Promise<void>
  refer(to: string): Promise<number>
  hangUp(): Promise<number>
  close(): Promise<void>
}

interface Message {
  start: string
  headers: Map<string, string>
  body: string
}

interface Dialog {
  callId: string
  local: string
  remote: string
  target: string
  rtp: { host: string; port: number }
}

const token = () => randomBytes(6).toString('hex')
const md5 = (text: string) => createHash('md5').update(text).digest('hex')

function parse(text: string): Message {
  const [head = '', ...rest] = text.split('\r\n\r\n')
  const [start = '', ...lines] = head.split('\r\n')
  const headers = new Map<string, string>()
  for (const line of lines) {
    const at = line.indexOf(':')
    const name = line.slice(0, at).trim().toLowerCase()
    const value = line.slice(at + 1).trim()
    headers.set(name, headers.has(name) ? `${headers.get(name)}, ${value}` : value)
  }
  return { start, headers, body: rest.join('\r\n\r\n') }
}

async function bound(): Promise<Socket> {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return socket
}

/** Answers every call at once and stays until somebody hangs up. */
export async function sipPhone(options: {
  server: { host: string; port: number }
  account: string
  password: string
}): Promise<SipPhone> {
  const { account, password, server } = options
  const [sip, rtp] = [await bound(), await bound()]
  const own = { sip: sip.address().port, rtp: rtp.address().port }
  const answers = new Map<string, (status: Message) => void>()
  let dialog: Dialog | null = null
  let lastInvite: ReadonlyMap<string, string> = new Map()
  let sequence = 1

  const send = (text: string) => sip.send(text, server.port, server.host)
  const contact = `<sip:${account}@127.0.0.1:${own.sip}>`
  const sdp = (direction: string) =>
    `v=0\r\no=phone 1 ${sequence} IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n` +
    `m=audio ${own.rtp} RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\n` +
    `a=fmtp:101 0-16\r\na=ptime:20\r\na=${direction}\r\n`

  const withBody = (lines: string[], body: string) =>
    send(
      [
        ...lines,
        ...(body === '' ? [] : ['Content-Type: application/sdp']),
        `Content-Length: ${body.length}`,
        '',
        body,
      ].join('\r\n'),
    )

  /** Sends a request and resolves with its final answer. Loopback loses nothing: it is not sent again. */
  function request(method: string, uri: string, lines: string[], body = ''): Promise<Message> {
    const branch = `z9hG4bK${token()}`
    const cseq = ++sequence
    withBody(
      [
        `${method} ${uri} SIP/2.0`,
        `Via: SIP/2.0/UDP 127.0.0.1:${own.sip};branch=${branch};rport`,
        'Max-Forwards: 70',
        `CSeq: ${cseq} ${method}`,
        `Contact: ${contact}`,
        ...lines,
      ],
      body,
    )
    return new Promise((resolve) =>
      answers.set(branch, (answer) => {
        resolve(answer)
        if (method !== 'INVITE') return
        withBody(
          [
            `ACK ${uri} SIP/2.0`,
            `Via: SIP/2.0/UDP 127.0.0.1:${own.sip};branch=z9hG4bK${token()};rport`,
            'Max-Forwards: 70',
            `CSeq: ${cseq} ACK`,
            ...lines,
          ],
          '',
        )
      }),
    )
  }

  const statusOf = ({ start }: Message) => Number(start.split(' ')[1])
  const inDialog = () => {
    if (dialog === null) throw new Error('the phone is in no call')
    const { callId, local, remote, target } = dialog
    return { target, lines: [`Call-ID: ${callId}`, `From: ${local}`, `To: ${remote}`] }
  }

  function reply(to: Message, status: string, tag: string, body = ''): void {
    const copied = ['via', 'from', 'call-id', 'cseq'].map((name) => `${name}: ${to.headers.get(name)}`)
    const address = to.headers.get('to') ?? ''
    const toLine = address.includes(';tag=') ? address : `${address};tag=${tag}`
    withBody([`SIP/2.0 ${status}`, ...copied, `To: ${toLine}`, `Contact: ${contact}`], body)
  }

  function invited(message: Message): void {
    const tag = token()
    const isNew = !message.headers.get('to')?.includes(';tag=')
    if (isNew) {
      lastInvite = message.headers
      const host = /^c=IN IP4 (\S+)/m.exec(message.body)?.[1] ?? '127.0.0.1'
      dialog = {
        callId: message.headers.get('call-id') ?? '',
        local: `${message.headers.get('to')};tag=${tag}`,
        remote: message.headers.get('from') ?? '',
        target: /<([^>]+)>/.exec(message.headers.get('contact') ?? '')?.[1] ?? '',
        rtp: { host, port: Number(/^m=audio (\d+)/m.exec(message.body)?.[1]) },
      }
      reply(message, '180 Ringing', tag)
    }
    reply(message, '200 OK', tag, sdp('sendrecv'))
  }

  sip.on('message', (data) => {
    const message = parse(data.toString('utf8'))
    if (message.start.startsWith('SIP/2.0')) {
      if (statusOf(message) < 200) return
      const branch = /branch=([^;,\s]+)/.exec(message.headers.get('via') ?? '')?.[1] ?? ''
      answers.get(branch)?.(message)
      answers.delete(branch)
    } else if (message.start.startsWith('INVITE')) invited(message)
    else if (!message.start.startsWith('ACK')) reply(message, '200 OK', token())
  })

  async function register(expires = 300): Promise<number> {
    const uri = `sip:${server.host}:${server.port}`
    const from = `<sip:${account}@${server.host}>`
    const lines = [
      `Call-ID: ${token()}`,
      `From: ${from};tag=${token()}`,
      `To: ${from}`,
      `Expires: ${expires}`,
    ]
    const first = await request('REGISTER', uri, lines)
    if (statusOf(first) !== 401) return statusOf(first)
    const asked = first.headers.get('www-authenticate') ?? ''
    const part = (name: string) => new RegExp(`${name}="?([^",]+)"?`).exec(asked)?.[1] ?? ''
    const [realm, nonce, opaque, cnonce] = [part('realm'), part('nonce'), part('opaque'), token()]
    const key = md5(`${account}:${realm}:${password}`)
    const response = md5(`${key}:${nonce}:00000001:${cnonce}:auth:${md5(`REGISTER:${uri}`)}`)
    const authorization =
      `Authorization: Digest username="${account}", realm="${realm}", nonce="${nonce}", uri="${uri}", ` +
      `response="${response}", algorithm=MD5, qop=auth, nc=00000001, cnonce="${cnonce}"` +
      (opaque === '' ? '' : `, opaque="${opaque}"`)
    return statusOf(await request('REGISTER', uri, [...lines, authorization]))
  }

  /** One digit of 100 ms: five packets of the event, then its end three times (RFC 4733, section 2.5). */
  async function press(digit: number): Promise<void> {
    if (dialog === null) throw new Error('the phone is in no call')
    const { host, port } = dialog.rtp
    const stamp = randomBytes(4)
    const source = randomBytes(4)
    for (let index = 0; index < 8; index++) {
      const isEnd = index >= 5
      const packet = Buffer.alloc(16)
      packet[0] = 0x80
      packet[1] = 101 | (index === 0 ? 0x80 : 0)
      packet.writeUInt16BE(1_000 + index, 2)
      stamp.copy(packet, 4)
      source.copy(packet, 8)
      packet[12] = digit
      packet[13] = (isEnd ? 0x80 : 0) | 10
      packet.writeUInt16BE(Math.min(index + 1, 5) * 160, 14)
      rtp.send(packet, port, host)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  return {
    register,
    invited: () => lastInvite,
    press,
    hold: async (on) => {
      const { target, lines } = inDialog()
      return statusOf(await request('INVITE', target, lines, sdp(on ? 'sendonly' : 'sendrecv')))
    },
    refer: async (to) => {
      const { target, lines } = inDialog()
      return statusOf(await request('REFER', target, [...lines, `Refer-To: <sip:${to}@${server.host}>`]))
    },
    hangUp: async () => {
      const { target, lines } = inDialog()
      return statusOf(await request('BYE', target, lines))
    },
    close: async () => {
      sip.close()
      rtp.close()
    },
  }
}
