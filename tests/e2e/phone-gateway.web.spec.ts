import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from '@playwright/test'
import sirv from 'sirv'
import { build } from 'vite'
import { WebSocketServer } from 'ws'
import { securityHeaders } from '../../main/transport/content-security-policy.ts'

const root = resolve(import.meta.dirname, 'support/gateway-page')
let outDir: string
let host: Server
let gateway: WebSocketServer
/** What the host knows when a page is loaded; `learns` is what it will know at the next one. */
let known: string[] = []
let learns: string[] = []
let loads = 0
let calls = 0
const addressOf = (server: { address(): unknown }) => `127.0.0.1:${(server.address() as AddressInfo).port}`

test.beforeAll(async () => {
  outDir = mkdtempSync(join(tmpdir(), 'cuffia-gateway-'))
  await build({ root, base: './', configFile: false, logLevel: 'error', build: { outDir, target: 'es2024' } })
  gateway = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => 'sip' })
  gateway.on('connection', () => calls++)
  const serve = sirv(outDir, { dev: true })
  host = createServer((request, response) => {
    if (request.url?.startsWith('/?') === true) {
      loads++
      for (const [name, value] of Object.entries(securityHeaders({ connect: known }))) {
        response.setHeader(name, value)
      }
      known = learns
    }
    serve(request, response)
  })
  host.listen(0, '127.0.0.1')
  await Promise.all([once(host, 'listening'), once(gateway, 'listening')])
})
test.beforeEach(() => {
  known = []
  loads = 0
  calls = 0
})
test.afterAll(() => {
  host.close()
  gateway.close()
  rmSync(outDir, { recursive: true })
})

test('a page whose host knew the gateway connects at once, without a word in the console', async ({
  page,
}) => {
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(message.text()))
  const wsUrl = `ws://${addressOf(gateway)}`
  known = [wsUrl]
  learns = known
  await page.goto(`http://${addressOf(host)}/?gateway=${wsUrl}/ws`)
  await expect.poll(() => calls).toBeGreaterThan(0)
  expect(loads).toBe(1)
  expect(complaints.filter((text) => text.includes('Content Security Policy'))).toEqual([])
})

test('a page that was loaded before its gateway was known loads itself once more and connects', async ({
  page,
}) => {
  const wsUrl = `ws://${addressOf(gateway)}`
  learns = [wsUrl]
  await page.goto(`http://${addressOf(host)}/?gateway=${wsUrl}/ws`)
  await expect.poll(() => calls).toBeGreaterThan(0)
  expect(loads).toBe(2)
})

test('a gateway that the policy never lets in is said to be lost, without loading again and again', async ({
  page,
}) => {
  learns = []
  await page.goto(`http://${addressOf(host)}/?gateway=ws://${addressOf(gateway)}/ws`)
  await expect.poll(() => loads).toBe(2)
  await expect(page.locator('body')).toHaveText('registering socket-lost')
  expect([loads, calls]).toEqual([2, 0])
})
