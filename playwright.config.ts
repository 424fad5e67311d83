import { defineConfig } from '@playwright/test'
import type { Options } from './tests/e2e/support/fixture.ts'

/** A page whose host is in memory: it needs no server, and two at once are in nobody's way. */
const pages = ['**/*.preview.web.spec.ts', '**/gallery.web.spec.ts']

const asRoot = process.getuid?.() === 0

export default defineConfig<object, Options>({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  globalSetup: './tests/e2e/support/build.mjs',
  // The same specs in both shells; a name says so where one is for one shell only.
  projects: [
    { name: 'pages', testMatch: pages },
    // Each spec starts its own server, database and client; two cores carry one such set well.
    {
      name: 'web',
      use: { shell: 'web' },
      testIgnore: ['**/*.desktop.spec.ts', ...pages],
      workers: 1,
    },
    {
      name: 'desktop',
      use: { shell: 'desktop' },
      testIgnore: '**/*.web.spec.ts',
      workers: 1,
    },
  ],
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: 'list',
  use: {
    actionTimeout: 15_000,
    locale: 'it-IT',
    timezoneId: 'Europe/Rome',
    viewport: { width: 1366, height: 768 },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
      args: [
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        // Chromium's sandbox refuses to run as root.
        ...(asRoot ? ['--no-sandbox'] : []),
      ],
    },
  },
})
