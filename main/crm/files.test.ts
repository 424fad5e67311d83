import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFiles } from './files.ts'

let server: Server
let asked: { method: string | undefined; url: string | undefined; headers: IncomingHttpHeaders }[] = []
let files: ReturnType<typeof createFiles>
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push({ method: request.method, url: request.url, headers: request.headers })
    response.writeHead(206, {
      'content-type': 'audio/wav',
      'content-range': 'bytes 2-5/10',
      'accept-ranges': 'bytes',
      'content-length': 4,
      server: 'not for pages',
    })
    response.end('cdef')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  files = createFiles({ baseUrl: `http://127.0.0.1:${port}`, token: () => 'a-session' })
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

describe('the sound of a recording', () => {
  it('comes in the part that the page asks for, with our session and its listening', async () => {
    asked = []
    const answer = await files(
      new Request('http://page/files/recordings/rec-1/audio?listening=l%201&else=x', {
        headers: { range: 'bytes=2-5' },
      }),
    )
    expect(answer.status).toBe(206)
    expect(await answer.text()).toBe('cdef')
    expect(Object.fromEntries(answer.headers)).toEqual({
      'accept-ranges': 'bytes',
      'cache-control': 'no-store',
      'content-length': '4',
      'content-range': 'bytes 2-5/10',
      'content-type': 'audio/wav',
      'x-content-type-options': 'nosniff',
    })
    expect(asked).toMatchObject([
      {
        method: 'GET',
        url: '/recordings/rec-1/audio?listening=l+1',
        headers: { range: 'bytes=2-5', authorization: 'Bearer a-session' },
      },
    ])
  })

  it.each(['/files/recordings/rec-1', '/files/recordings/../users/audio', '/files/recordings/a%2Fb/audio'])(
    'is the only thing behind its address: %s is refused',
    async (path) => {
      asked = []
      expect((await files(new Request(`http://page${path}`))).status).toBe(404)
      expect(asked).toEqual([])
    },
  )
})
