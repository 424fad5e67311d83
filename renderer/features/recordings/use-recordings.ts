import type { Recording } from '../../../shared/crm-api/recordings.ts'
import { usePages, type Pages } from '../../client/pages.ts'

/** Recordings of whom is searched for, or of all, newest first. */
export const useRecordings = (search: string): Pages<Recording> =>
  usePages(search, (crm, page) =>
    crm.recordings.list({ query: { ...page, ...(search !== '' && { search }) } }),
  )
