import { config } from 'zod'

/** Zod compiles its parsers with `new Function`, which our content policy forbids and would report. Imported first. */
config({ jitless: true })
