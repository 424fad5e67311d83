import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    name: 'unit',
    include: [
      '{shared,main,preload,renderer,server,scripts}/**/*.test.ts',
      'tests/{architecture,contract,stories,unit}/**/*.test.ts',
    ],
    environment: 'node',
    globalSetup: ['tests/support/database-setup.ts'],
    // Modules are loaded once per worker: a fifth of the time. Tests must not change modules or globals.
    isolate: false,
    pool: 'forks',
    // Some tests start real databases and processes; the limit only ends what hangs.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
