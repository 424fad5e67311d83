import { randomUUID } from 'node:crypto'
import { crmRoutes } from '../../../shared/crm-api/index.ts'

export interface CrmInput {
  params?: Record<string, string>
  query?: Record<string, string>
  body?: object
  upload?: Buffer
}

/** Asks a route of the real server by its name, for example `campaigns.create`; throws what it refuses. */
export type AskCrm = <T>(name: string, input?: CrmInput, token?: string) => Promise<T>

export const crmAt =
  (url: string): AskCrm =>
  async <T>(name: string, { params = {}, query = {}, body, upload }: CrmInput = {}, token?: string) => {
    const route = crmRoutes.find((each) => each.name === name)?.route
    if (route === undefined) throw new Error(`there is no route ${name}`)
    const path = route.path.replaceAll(/:(\w+)/g, (_all: string, part: string) => params[part] ?? '')
    const payload = upload ? new Uint8Array(upload) : body && JSON.stringify(body)
    const reply = await fetch(`${url}${path}?${new URLSearchParams(query)}`, {
      method: route.method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(route.method === 'POST' && route.repeat === 'safe' && { 'idempotency-key': randomUUID() }),
        ...(payload !== undefined && {
          'content-type': upload ? 'application/octet-stream' : 'application/json',
        }),
      },
      ...(payload !== undefined && { body: payload }),
    })
    const answer: unknown = await reply.json()
    if (!reply.ok) throw new Error(`${name}: ${reply.status} ${JSON.stringify(answer)}`)
    return answer as T
  }
