import { audit } from './audit.ts'
import { board } from './board.ts'
import { callers } from './callers.ts'
import { campaigns } from './campaigns.ts'
import { contacts } from './contacts.ts'
import { imports } from './imports.ts'
import { lines } from './lines.ts'
import { outcomes } from './outcomes.ts'
import { phone } from './phone.ts'
import { recordings } from './recordings.ts'
import type { RouteInput, RouteReply } from './resource.ts'
import { sessions } from './sessions.ts'
import { supervision } from './supervision.ts'
import { users } from './users.ts'
import { work } from './work.ts'

/** Every resource of our server, by name. A caller names a route as `resource.route`, for example `campaigns.list`. */
export const crmApi = {
  sessions,
  users,
  audit,
  contacts,
  outcomes,
  imports,
  campaigns,
  work,
  board,
  phone,
  recordings,
  supervision,
  lines,
  callers,
}
export type CrmApi = typeof crmApi

/** Typed client over the map: `crm.campaigns.get({ params: { id } })`. */
export type CrmClient = {
  [R in keyof CrmApi]: {
    [K in keyof CrmApi[R]]: (input: RouteInput<CrmApi[R][K]>) => Promise<RouteReply<CrmApi[R][K]>>
  }
}

/** All routes in one list, with their names. */
export const crmRoutes = Object.entries(crmApi).flatMap(([resourceName, routes]) =>
  Object.entries(routes).map(([routeName, route]) => ({ name: `${resourceName}.${routeName}`, route })),
)
