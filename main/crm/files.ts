import { crmApi } from '../../shared/crm-api/index.ts'
import { AppError, errorCodes, toWireError } from '../../shared/std/errors.ts'
import { addressOf } from './client.ts'
import { unreachable } from './errors.ts'

export interface FilesOptions {
  baseUrl: string
  token: () => string | null
}

const passedOn = ['content-type', 'content-disposition', 'content-length', 'content-range', 'accept-ranges']

/**
 * `POST /files/imports`, `GET /files/imports/:id/rejected.csv` and `GET /files/recordings/:id/audio?listening=…`, streamed
 * to and from the server with our session.
 */
export function createFiles({ baseUrl, token }: FilesOptions): (request: Request) => Promise<Response> {
  return async (request) => {
    const session = token()
    if (session === null) return refuse(new AppError('signed-out', 'nobody is signed in'))
    const to = targetOf(request)
    if (!to) return refuse(new AppError('unknown-method', 'no such file'))
    try {
      const answer = await fetch(baseUrl + to.address, {
        method: request.method,
        // Not compressed, so that the length that is passed on stays true.
        headers: { authorization: `Bearer ${session}`, 'accept-encoding': 'identity', ...to.headers },
        redirect: 'error',
        signal: request.signal,
        ...(request.method === 'POST' ? { body: request.body, duplex: 'half' } : {}),
      })
      return new Response(answer.body, { status: answer.status, headers: headersFrom(answer) })
    } catch (error) {
      return refuse(unreachable(error instanceof Error ? error.name : 'failed'))
    }
  }
}

function targetOf(request: Request): { address: string; headers: Record<string, string> } | undefined {
  const url = new URL(request.url)
  if (request.method === 'POST' && url.pathname === '/files/imports') {
    const query = new URLSearchParams({ fileName: url.searchParams.get('fileName') ?? '' })
    return {
      address: `${crmApi.imports.upload.path}?${query.toString()}`,
      headers: { 'content-type': 'application/octet-stream' },
    }
  }
  const recording = /^\/files\/recordings\/([\w-]{1,64})\/audio$/.exec(url.pathname)
  if (request.method === 'GET' && recording) {
    const range = request.headers.get('range')
    const query = new URLSearchParams({ listening: url.searchParams.get('listening') ?? '' })
    return {
      address: `${addressOf(crmApi.recordings.audio.path, { id: recording[1] })}?${query.toString()}`,
      headers: range === null ? {} : { range },
    }
  }
  const found = /^\/files\/imports\/([\w-]{1,64})\/rejected\.csv$/.exec(url.pathname)
  if (request.method !== 'GET' || !found) return undefined
  return { address: addressOf(crmApi.imports.rejectedFile.path, { id: found[1] }), headers: {} }
}

function headersFrom(answer: Response): Headers {
  const headers = new Headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
  for (const name of passedOn) {
    const value = answer.headers.get(name)
    if (value !== null) headers.set(name, value)
  }
  return headers
}

const refuse = (refusal: AppError) =>
  Response.json(toWireError(refusal), { status: errorCodes[refusal.code].status })
