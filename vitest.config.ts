import { defineConfig } from 'vitest/config'

const common = {
  environment: 'node',
  pool: 'forks',
  // Some tests start real databases and processes; the limit only ends what hangs.
  testTimeout: 60_000,
  hookTimeout: 60_000,
} as const

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...common,
          name: 'unit',
          include: [
            '{shared,main,preload,renderer,server,scripts}/**/*.test.ts',
            'tests/{architecture,contract,stories,unit}/**/*.test.ts',
          ],
          globalSetup: ['tests/support/database-setup.ts'],
          // Modules are loaded once per worker: a fifth of the time. Tests must not change modules or globals.
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...common,
          name: 'kill',
          include: ['tests/kill/**/*.test.ts'],
          // Alone on the machine: it starts six processes of its own and kills them.
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...common,
          name: 'telephony',
          include: ['tests/telephony/**/*.test.ts'],
          globalSetup: ['tests/support/database-setup.ts'],
          // Sound and time are real here: files run one after the other.
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
