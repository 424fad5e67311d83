/**
 * Who may import whom: the table of docs/architecture.md as data. A row reads "files here may import only …"; the
 * longest matching row counts, and files of one row may always import each other. `*` stands for one folder name.
 */
export interface Row {
  files: string
  /** Folders or single files of ours; the own row is understood. */
  may: readonly string[]
  /** Packages; `node:` stands for Node's own modules. `name (types)` allows type imports only. */
  packages: readonly string[]
}

const shared = [
  'shared/std',
  'shared/rpc',
  'shared/domain',
  'shared/contract',
  'shared/crm-api',
  'shared/text',
]
const react = [
  'react',
  '@internationalized/date',
  'react-i18next',
  'lucide-react',
  'react-aria-components',
  '@tanstack/*',
  'uplot',
]
const ports = ['main/services/*/ports.ts']

export const table: readonly Row[] = [
  { files: 'shared/std', may: [], packages: ['libphonenumber-js', 'luxon'] },
  { files: 'shared/rpc', may: ['shared/std'], packages: ['zod'] },
  { files: 'shared/domain', may: ['shared/std'], packages: ['luxon', 'survey-core'] },
  {
    files: 'shared/contract',
    may: ['shared/std', 'shared/rpc', 'shared/domain', 'shared/crm-api'],
    packages: ['zod'],
  },
  { files: 'shared/crm-api', may: ['shared/std', 'shared/rpc', 'shared/domain'], packages: ['zod'] },
  { files: 'shared/text', may: ['shared/std'], packages: [] },

  { files: 'main/services/*', may: [...shared, ...ports, 'main/cti/driver.ts'], packages: ['zod'] },
  { files: 'main/cti', may: [...shared, ...ports, 'resources/simulator'], packages: ['node:', 'ws', 'zod'] },
  { files: 'main/crm', may: [...shared, ...ports], packages: ['node:', 'axios', 'ws', 'zod'] },
  { files: 'main/store', may: [...shared, ...ports], packages: ['node:', 'better-sqlite3', 'zod'] },
  { files: 'main/system', may: [...shared, ...ports], packages: ['node:', 'pino'] },
  {
    files: 'main/transport',
    may: ['shared/rpc', 'shared/std'],
    packages: ['node:', 'ws', 'electron (types)'],
  },
  { files: 'main/electron', may: [...shared, 'main/transport'], packages: ['node:', 'electron'] },
  { files: 'main/entry', may: [...shared, 'main'], packages: ['node:', 'ws', 'sirv'] },

  { files: 'preload', may: [], packages: ['electron'] },

  { files: 'renderer/ui', may: ['shared/std', 'shared/text'], packages: [...react, 'react-dom'] },
  {
    files: 'renderer/client',
    may: ['shared/rpc', 'shared/contract', 'shared/crm-api', 'shared/std', 'shared/text'],
    packages: ['react'],
  },
  {
    files: 'renderer/features/*',
    may: [
      'renderer/client',
      'renderer/ui',
      'shared/std',
      'shared/rpc',
      'shared/domain',
      'shared/contract',
      'shared/crm-api',
      'shared/text',
    ],
    packages: [...react, 'zustand', 'survey-core', 'zod (types)'],
  },
  { files: 'renderer/media', may: ['shared/contract/media.ts', 'shared/std'], packages: ['sip.js'] },
  {
    files: 'renderer/entry',
    may: [...shared, 'renderer', 'resources'],
    packages: [...react, 'react-dom', 'i18next', 'zustand', 'zod', '@fontsource-variable/*'],
  },

  {
    files: 'server/modules/*',
    may: [
      'shared/std',
      'shared/domain',
      'shared/crm-api',
      'server/db',
      'server/http/handlers.ts',
      'server/modules/*/rules.ts',
    ],
    packages: ['node:', 'kysely', 'zod', 'fastify', 'pg-boss', 'csv-parse', '@node-rs/argon2', 'luxon'],
  },
  { files: 'server/calls', may: [...shared, 'server/telephony/port.ts', 'server/dialer'], packages: [] },
  { files: 'server/dialer', may: [...shared, 'server/telephony/port.ts'], packages: [] },
  { files: 'server/telephony', may: shared, packages: ['node:', 'ws', 'zod'] },
  {
    files: 'server/live',
    may: [...shared, 'server/http/handlers.ts', 'server/http/auth.ts'],
    packages: ['node:', 'ws', 'pg', 'zod'],
  },
  { files: 'server/db', may: shared, packages: ['node:', 'pg', 'kysely', 'pg-boss'] },
  {
    files: 'server/http',
    may: shared,
    packages: [
      'node:',
      'fastify',
      'fastify-plugin',
      'fastify-type-provider-zod',
      '@fastify/*',
      'zod',
      'openapi-types',
    ],
  },
  {
    files: 'server/entry',
    may: [...shared, 'server'],
    packages: ['node:', 'fastify', 'pino', 'pg', 'kysely', 'pg-boss', 'zod'],
  },
]

/** What unit tests beside the source may use on top of their row, besides all of their own top folder. */
export const testsMay = {
  may: ['tests'],
  packages: ['node:', 'vitest', 'fast-check', 'react-dom', 'zod', 'pino'],
}

/** Things that come from outside of the program, and the only places that may reach for them. */
export interface Source {
  what: string
  /** How it looks in the code: expressions, or imported modules. */
  expressions: readonly string[]
  modules: readonly string[]
  only: readonly string[]
}

const entries = ['main/entry', 'server/entry', 'renderer/entry']

export const sources: readonly Source[] = [
  { what: 'the environment', expressions: ['process.env'], modules: [], only: entries },
  {
    what: 'the clock',
    expressions: ['Date.now()', 'new Date()', 'Date()'],
    modules: [],
    only: [
      'main/system',
      'server/entry',
      'renderer/ui/timer.tsx',
      'renderer/client/page-clock.ts',
      'renderer/entry',
    ],
  },
  {
    what: 'random numbers and new ids',
    expressions: ['Math.random()', 'crypto.randomUUID()', 'randomUUID()'],
    modules: [],
    only: ['main/system', 'server/entry', 'renderer/entry'],
  },
  {
    what: 'sockets and fetch',
    expressions: ['fetch()', 'globalThis.fetch()', 'window.fetch()', 'new WebSocket()', 'new EventSource()'],
    modules: ['ws', 'axios', 'node:net', 'node:http', 'node:https', 'node:http2', 'node:tls', 'node:dgram'],
    only: [
      'main/crm',
      'main/cti/drivers',
      'main/transport',
      'main/entry',
      'server/telephony',
      'server/live',
      'server/entry',
      'renderer/client',
      'renderer/media',
      // asks the system for a free loopback port where PostgreSQL has no Unix socket
      'server/db/embedded-endpoint.ts',
    ],
  },
]

export const longestFile = 400
