import type { Colleague, Group } from '../../../../shared/crm-api/lines.ts'
import { useCrm, type Loaded } from '../../../client/crm.ts'

/** What colleagues do changes by the minute: asked again while somebody chooses among them. */
const everyMs = 5000

export const useGroups = (): Loaded<readonly Group[]> =>
  useCrm('lines.groups', (crm) => crm.lines.groups({}), { everyMs })

export const useColleagues = (): Loaded<readonly Colleague[]> =>
  useCrm('lines.colleagues', (crm) => crm.lines.colleagues({}), { everyMs })
