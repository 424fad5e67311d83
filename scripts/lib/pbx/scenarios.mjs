/** SIPp scenarios as text. RFC 3261 for the messages; labels are where a dialed number's behaviour begins. */

const toTag = ';tag=[pid]t[call_number]'
const headers = (tag = toTag) => `[last_Via:]
[last_From:]
[last_To:]${tag}
[last_Call-ID:]
[last_CSeq:]`
const contact = 'Contact: <sip:carrier@[local_ip]:[local_port];transport=[transport]>'
const send = (text, attributes = '') => `<send${attributes}><![CDATA[\n\n${text}\n]]></send>`

const reply = (status, more = '', head = headers()) =>
  send(`SIP/2.0 ${status}\n${head}\n${contact}\n${more}Content-Length: 0\n`)

/** G.711 mu-law and telephone events (RFC 4733). */
const sdp = `v=0
o=carrier 1 1 IN IP[local_ip_type] [local_ip]
s=-
c=IN IP[media_ip_type] [media_ip]
t=0 0
m=audio [rtpin] RTP/AVP 0 101
a=rtpmap:0 PCMU/8000
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-16
a=ptime:20
a=sendrecv`

const again = ' retrans="500"'
const withSdp = (head, attributes = again) =>
  send(
    `SIP/2.0 200 OK\n${head}\n${contact}\nAllow: INVITE, ACK, BYE, CANCEL, OPTIONS, UPDATE, INFO\n` +
      `Content-Type: application/sdp\nContent-Length: [len]\n\n${sdp}`,
    attributes,
  )

const bye = send(
  `BYE [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: [$lto]${toTag}
To: [$lfrom]
Call-ID: [call_id]
CSeq: 1 BYE
Max-Forwards: 70
Content-Length: 0
`,
  again,
)

const label = (name) => `<label id="${name}"/>`
const goTo = (name) => `<nop next="${name}"/>`
const pause = (ms) => `<pause milliseconds="${ms}"/>`
const play = (file, times) => `<nop><action><exec rtp_stream="${file},${times},0"/></action></nop>`
const hangUp = `${bye}<recv response="200" next="end"/>`

const ringing = (ringMs) => `${reply('180 Ringing')}${pause(ringMs)}`
const answered = (ringMs) => `${ringing(ringMs)}${withSdp(headers())}<recv request="ACK"/>`
const refused = (status, ringMs) =>
  `${ringMs === 0 ? '' : ringing(ringMs)}${reply(status)}<recv request="ACK" next="end"/>`

/** Not even `100 Trying` comes back. */
const dead = '15'

/**
 * Behaviour by the last two digits of the dialed number: the same as the simulated line's (resources/simulator),
 * and some that only a wire can show. Documented in resources/pbx/README.md.
 * @param {{ ringMs: number, talkMs: number, sound: (name: string) => string }} options
 * @returns {Record<string, string>}
 */
const behaviours = ({ ringMs, talkMs, sound }) => ({
  '01': refused('486 Busy Here', 0),
  '02': `${reply('180 Ringing')}<recv request="CANCEL" next="cancelled"/>`,
  '03': `${answered(ringMs)}${play(sound('machine'), 1)}${goTo('stay')}`,
  '04': `${answered(ringMs)}${play(sound('customer'), -1)}${pause(1000)}${hangUp}`,
  '05': `${answered(ringMs)}${play(sound('customer'), -1)}${pause(talkMs)}${hangUp}`,
  '06': refused('404 Not Found', 0),
  '07': refused('603 Decline', ringMs),
  '09': refused('503 Service Unavailable', 0),
  10: refused('480 Temporarily Unavailable', ringMs),
  11: `${answered(ringMs)}${play(sound('fax'), 1)}${goTo('stay')}`,
  12: `${answered(ringMs)}${play(sound('nobody'), -1)}${goTo('stay')}`,
  13: `${answered(ringMs)}${pause(150)}${hangUp}`,
  14: refused('410 Gone', 0),
  // without any answer there is no CANCEL either (RFC 3261 section 9.1)
  [dead]: `<recv request="CANCEL" timeout="20000" ontimeout="end" next="cancelled"/>`,
  16: refused('403 Forbidden', 0),
  17: `${answered(ringMs)}${play(sound('hello'), 1)}${goTo('stay')}`,
  18: `${answered(ringMs)}${play(sound('caller'), -1)}${goTo('stay')}`,
})

/**
 * The end of every scenario: what may come at any moment, and back to where it came. SIPp keeps that place, and what is
 * left of a pause, in `_unexp.*`; a place that is not forgotten at once makes the next such message abort the call.
 */
const unexpected = `${label('_unexp.main')}
<nop><action>
<assign assign_to="place" variable="_unexp.retaddr"/>
<assign assign_to="_unexp.retaddr" value="0"/>
<assign assign_to="left_of_pause" variable="_unexp.pausedfor"/>
<assign assign_to="_unexp.pausedfor" value="0"/>
</action></nop>
<recv request="CANCEL" optional="true" next="cancelled"/>
<recv request="BYE" optional="true" next="left"/>
<recv request="ACK" optional="true" next="back"/>
<recv request="INFO" optional="true" next="other"/>
<recv request="OPTIONS" optional="true" next="other"/>
<recv request="UPDATE" optional="true" next="update"/>
<recv request="INVITE"/>
${withSdp(headers(''))}
<recv request="ACK" next="back"/>
${label('update')}
${withSdp(headers(''), '')}
${goTo('back')}
${label('other')}
${reply('200 OK', '', headers(''))}
${label('back')}
<nop><action>
<pauserestore variable="left_of_pause"/>
<jump variable="place"/>
</action></nop>
${label('cancelled')}
${reply('200 OK')}
${send(
  `SIP/2.0 487 Request Terminated
[last_Via:]
[last_From:]
[last_To:]${toTag}
[last_Call-ID:]
CSeq: [cseq] INVITE
Content-Length: 0
`,
  again,
)}
<recv request="ACK" next="end"/>
${label('left')}
${reply('200 OK', '', headers(''))}
${label('end')}
<nop/>`

const scenario = (name, body) => `<?xml version="1.0" encoding="ISO-8859-1" ?>
<!DOCTYPE scenario SYSTEM "sipp.dtd">
<scenario name="${name}">
${body}
</scenario>
`

/** The carrier and all customers behind it, in one scenario. */
export function carrierScenario(options) {
  const all = Object.entries(behaviours(options))
  return scenario(
    'carrier',
    `<recv request="INVITE" rrs="true"><action>
<ereg regexp="INVITE sip:[+]?[0-9]*([0-9][0-9])@" search_in="msg" check_it="true" assign_to="whole,digits"/>
<ereg regexp=".*" search_in="hdr" header="From:" assign_to="lfrom"/>
<ereg regexp=".*" search_in="hdr" header="To:" assign_to="lto"/>
<log message="[$whole]"/>
<todouble assign_to="code" variable="digits"/>
${all.map(([code]) => `<test assign_to="is${code}" variable="code" compare="equal" value="${Number(code)}"/>`).join('\n')}
</action></recv>
<nop test="is${dead}" next="do${dead}"/>
${reply('100 Trying', '', headers(''))}
${all.map(([code]) => `<nop test="is${code}" next="do${code}"/>`).join('\n')}
${answered(options.ringMs)}
${play(options.sound('customer'), -1)}
${label('stay')}
<recv request="BYE" next="left"/>
${all.map(([code, steps]) => `${label(`do${code}`)}\n${steps}`).join('\n')}
${unexpected}`,
  )
}

const callerHead = (cseq, tag = '') => `Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: "[field2]" <sip:[field0]@[local_ip]:[local_port]>;tag=[pid]u[call_number]
To: <sip:[field1]@[remote_ip]:[remote_port]>${tag}
Call-ID: [call_id]
CSeq: ${cseq}
Max-Forwards: 70`

/**
 * Inbound callers. Fields of the list: 0 the number shown, 1 the number called, 2 the name shown, 3 what is withheld
 * (RFC 3323: `id` or `none`), 4 the true number, which the carrier asserts in any case (RFC 3325).
 */
export function callerScenario({ talkMs, sound }) {
  const peer = '[peer_tag_param]'
  return scenario(
    'caller',
    `${send(
      `INVITE sip:[field1]@[remote_ip]:[remote_port] SIP/2.0
${callerHead('1 INVITE')}
Contact: <sip:[field0]@[local_ip]:[local_port]>
P-Asserted-Identity: "[field2]" <sip:[field4]@carrier.test>
Privacy: [field3]
Content-Type: application/sdp
Content-Length: [len]

${sdp}`,
      again,
    )}
<recv response="100" optional="true"/>
<recv response="180" optional="true"/>
<recv response="183" optional="true"/>
${[404, 480, 486, 503, 603].map((status) => `<recv response="${status}" optional="true" next="refused"/>`).join('\n')}
<recv response="200" rrs="true"/>
${send(`ACK [next_url] SIP/2.0\n${callerHead('1 ACK', peer)}\nContent-Length: 0\n`)}
${play(sound('caller'), -1)}
${label('stay')}
<recv request="BYE" timeout="${talkMs}" ontimeout="enough" next="left"/>
${label('enough')}
${send(`BYE [next_url] SIP/2.0\n${callerHead('2 BYE', peer)}\nContent-Length: 0\n`, again)}
<recv response="200" next="end"/>
${label('refused')}
${send(`ACK [next_url] SIP/2.0\n${callerHead('1 ACK', peer)}\nContent-Length: 0\n`)}
${goTo('end')}
${unexpected}`,
  )
}
