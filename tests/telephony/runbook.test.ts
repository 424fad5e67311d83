import { execFileSync } from 'node:child_process'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startPbx } from '../../scripts/lib/pbx/start.mjs'
import { readPbxSettings } from '../../server/entry/pbx-settings.ts'

const page = readFileSync(
  join(import.meta.dirname, '..', '..', 'docs', 'runbook', 'connect-asterisk.md'),
  'utf8',
)

/** The text of the fenced blocks of one language below a heading, up to the next heading. */
function blocksUnder(heading: string, language: string): string[] {
  const rest = page.slice(page.indexOf(`\n${heading}\n`) + heading.length + 2)
  const section = rest.slice(0, /^#{2,3} /m.exec(rest)?.index)
  return [...section.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].flatMap(([, name, text]) =>
    name === language && text !== undefined ? [text] : [],
  )
}

/** The files of section 2 with their blocks joined; those without a block say in words what to write. */
const files = Object.fromEntries(
  [...page.matchAll(/^### (`[\w.]+`)$/gm)].map(([, name = '']) => [
    name.replaceAll('`', ''),
    blocksUnder(`### ${name}`, 'ini').join('\n'),
  ]),
)

describe('the runbook', () => {
  let pbx: Awaited<ReturnType<typeof startPbx>>
  let tlsPort: number
  beforeAll(async () => {
    pbx = await startPbx()
    tlsPort = pbx.ports.http + 5
    const etc = (name: string) => join(pbx.folder, 'etc', name)
    const [key, certificate] = [etc('privkey.pem'), etc('fullchain.pem')]
    const subject = ['-subj', '/CN=pbx.test', '-days', '2']
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate, ...subject],
      {
        stdio: 'ignore',
      },
    )
    for (const file of [key, certificate]) chmodSync(file, 0o644)
    const crypted = await pbx.cli(`ari mkpasswd ${pbx.ari.password}`)
    const values: Record<string, string> = {
      CRYPTED_PASSWORD: /\$\d\$\S+/.exec(crypted)?.[0] ?? '',
      'PBX_ADDRESS:5060': `127.0.0.1:${pbx.sip.port}`,
      'PBX_ADDRESS:8089': `127.0.0.1:${tlsPort}`,
      'bindport = 8088': `bindport = ${pbx.ports.http}`,
      CARRIER_ADDRESS: '127.0.0.1',
      CARRIER_DOMAIN: 'carrier.test',
      CARRIER_USER: 'us',
      CARRIER_PASSWORD: 'secret',
      '/etc/asterisk/keys': join(pbx.folder, 'etc'),
      '/usr/share/asterisk/moh': join(pbx.folder, 'moh'),
    }
    const filled = (text: string) =>
      Object.entries(values).reduce((done, [name, value]) => done.replaceAll(name, value), text)
    const written = {
      ...files,
      // its folders stay the instance's own, as the runbook says
      'asterisk.conf': `${readFileSync(etc('asterisk.conf'), 'utf8').split('[options]')[0]}${files['asterisk.conf']}`,
      'http.conf': `${files['http.conf']}${blocksUnder('## 3. Browsers: WSS and certificates', 'ini')[0]}`,
      'modules.conf': `${readFileSync(etc('modules.conf'), 'utf8')}load = res_pjsip_outbound_registration.so\n`,
    }
    for (const [name, text] of Object.entries(written)) {
      if (text !== '') writeFileSync(etc(name), filled(text))
    }
    await pbx.restart()
  })
  afterAll(() => pbx.stop())

  test('names the files that matter, and leaves out none of ours', () => {
    expect(Object.keys(files).toSorted()).toEqual([
      'ari.conf',
      'asterisk.conf',
      'extensions.conf',
      'http.conf',
      'logger.conf',
      'modules.conf',
      'musiconhold.conf',
      'pjsip.conf',
      'rtp.conf',
      'sorcery.conf',
    ])
  })

  test('has files that Asterisk reads without a warning', () => {
    const log = readFileSync(join(pbx.folder, 'log', 'messages.log'), 'utf8')
    // the carrier of the test does not answer registrations
    const complaints = log.split('\n').filter((line) => /WARNING|ERROR/.test(line) && !/egistr/.test(line))
    expect(complaints).toEqual([])
  })

  test('lets our server in with the crypted password and nobody without', async () => {
    const { url, user, password } = pbx.ari
    const ask = (secret: string) =>
      fetch(`${url}/asterisk/info`, {
        headers: { authorization: `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}` },
      })
    expect((await ask(password)).status).toBe(200)
    expect((await ask('guess')).status).toBe(401)
  })

  test('makes a trunk that sends and takes calls, and the registration beside it', async () => {
    expect(await pbx.cli('pjsip show endpoint carrier')).toMatch(/Match: 127\.0\.0\.1/)
    expect(await pbx.cli('pjsip show registrations')).toContain('carrier-registration')
    for (const context of ['from-carrier', 'operators', 'amd']) {
      expect(await pbx.cli(`dialplan show ${context}`)).toContain('Hangup()')
    }
  })

  test('lets a phone in over WSS', async () => {
    const upgraded = await new Promise<string | undefined>((resolve, reject) => {
      const asked = request({
        host: '127.0.0.1',
        port: tlsPort,
        path: '/ws',
        rejectUnauthorized: false,
        headers: {
          connection: 'Upgrade',
          upgrade: 'websocket',
          'sec-websocket-version': '13',
          'sec-websocket-key': Buffer.alloc(16, 1).toString('base64'),
          'sec-websocket-protocol': 'sip',
        },
      })
      asked.once('upgrade', (response, socket) => {
        socket.destroy()
        resolve(response.headers['sec-websocket-protocol'])
      })
      asked.once('response', ({ statusCode }) => reject(new Error(`answered ${statusCode}`)))
      asked.once('error', reject)
      asked.end()
    })
    expect(upgraded).toBe('sip')
  })

  test('has settings that our server reads', () => {
    const [json = ''] = blocksUnder('## 5. Tell our server', 'json')
    const filled = json.replace('OWN_NUMBER', '+390612345678').replaceAll('PBX_NAME', 'pbx.example')
    expect(readPbxSettings(filled)).toMatchObject({ trunk: 'carrier', phones: { echoNumber: '600' } })
  })
})
