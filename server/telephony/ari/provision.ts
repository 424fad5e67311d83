import { AppError } from '../../../shared/std/errors.ts'
import type { Account } from '../port.ts'
import type { Wire } from '../wire.ts'
import type { AriHttp } from './http.ts'
import { refusal } from './replies.ts'

const at = (type: string, id: string) =>
  `/asterisk/config/dynamic/res_pjsip/${type}/${encodeURIComponent(id)}`

const fields = (values: Record<string, string>) => ({
  fields: Object.entries(values).map(([attribute, value]) => ({ attribute, value })),
})

/** A browser speaks WebRTC (RFC 8827): DTLS, ICE and Opus; a desk phone plain SIP and RTP. */
const endpointOf = ({ id, kind, name }: Account) => ({
  auth: id,
  aors: id,
  context: 'operators',
  disallow: 'all',
  allow: kind === 'web' ? 'opus,ulaw' : 'ulaw,alaw',
  direct_media: 'no',
  dtmf_mode: 'rfc4733',
  ...(kind === 'web'
    ? { webrtc: 'yes', max_audio_streams: '1', max_video_streams: '0' }
    : // Behind a router the phone's own idea of its address is wrong.
      { rtp_symmetric: 'yes', force_rport: 'yes', rewrite_contact: 'yes' }),
  ...(name !== undefined && { callerid: name }),
})

/**
 * Phones' accounts at run time, into the memory that sorcery.conf maps for them: 5 to 7 ms each, and gone at a restart.
 * A new password counts at once.
 */
export function provisioning({ ask }: AriHttp): Pick<Wire['commands'], 'provision' | 'withdraw'> {
  return {
    provision: async (account) => {
      const { id, password } = account
      if (!/^[A-Za-z0-9._-]{1,64}$/.test(id) || password === '') {
        throw new AppError('invalid-input', 'an account has a name and a password')
      }
      // The endpoint last: it names the other two.
      const parts = [
        [
          'aor',
          { max_contacts: '1', remove_existing: 'yes', remove_unavailable: 'yes', qualify_frequency: '0' },
        ],
        ['auth', { auth_type: 'userpass', username: id, password }],
        ['endpoint', endpointOf(account)],
      ] as const
      for (const [type, values] of parts) {
        const reply = await ask('PUT', at(type, id), {}, fields(values))
        if (reply.status >= 300) throw refusal(reply)
      }
      return 'done'
    },
    withdraw: async (id) => {
      const replies = []
      for (const type of ['endpoint', 'auth', 'aor']) replies.push(await ask('DELETE', at(type, id)))
      return replies.every(({ status }) => status === 404) ? 'gone' : 'done'
    },
  }
}
