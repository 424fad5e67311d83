import type { FastifyInstance } from 'fastify'
import { readFile } from 'node:fs/promises'
import { crmApi } from '../../shared/crm-api/index.ts'
import { registerResource } from '../http/register.ts'
import type { Hub } from '../live/hub.ts'
import type { AuditLog } from '../modules/audit/rules.ts'
import { campaignsModule } from '../modules/campaigns/routes.ts'
import type { ScriptExample } from '../modules/campaigns/rules.ts'
import { contactReader } from '../modules/contacts/repository.ts'
import { contactsModule } from '../modules/contacts/routes.ts'
import { outcomesModule } from '../modules/outcomes/routes.ts'
import { workModule, type WorkModule } from '../modules/work/routes.ts'
import type { AppDeps } from './app.ts'

/** The call floor: contacts, campaigns, the operators' work. Registers its routes on `app` and its life with it. */
export function buildFloor(
  app: FastifyInstance,
  deps: Pick<AppDeps, 'db' | 'clock' | 'makeId' | 'log' | 'law'> & { hub: Hub; audit: AuditLog },
): WorkModule {
  const { db, audit } = deps
  const work = workModule({ ...deps, contacts: contactReader })
  registerResource(app, 'contacts', crmApi.contacts, contactsModule({ db }))
  registerResource(app, 'outcomes', crmApi.outcomes, outcomesModule({ db, audit }))
  registerResource(app, 'campaigns', crmApi.campaigns, campaignsModule({ ...deps, scriptExamples, work }))
  registerResource(app, 'work', crmApi.work, work.routes)
  app.addHook('onReady', () => work.start())
  app.addHook('onClose', () => work.stop())
  return work
}

const examples = [
  { name: 'Fibra Primavera', language: 'it', file: 'fibra-primavera.json' },
  { name: 'Spring Fibre', language: 'en', file: 'spring-fibre.json' },
] as const

function scriptExamples(): Promise<ScriptExample[]> {
  return Promise.all(
    examples.map(async ({ name, language, file }) => ({
      name,
      language,
      document: await readFile(new URL(`../../resources/demo/${file}`, import.meta.url), 'utf8'),
    })),
  )
}
