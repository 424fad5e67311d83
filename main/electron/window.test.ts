import { describe, expect, test } from 'vitest'
import { guardNavigation, isOwnPage, isWebLink, windowOptions } from './window.ts'

test('the page runs in a sandbox without Node and apart from the preload', () => {
  expect(windowOptions('/preload.cjs').webPreferences).toMatchObject({
    preload: '/preload.cjs',
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
  })
})

test.each([
  ['app://cuffia/', true],
  ['app://cuffia/index.html#/calls', true],
  ['app://cuffia.evil.example/', false],
  ['app://evil@cuffia/', true],
  ['app://cuffia@evil/', false],
  ['app://cuffia:81/', false],
  ['https://cuffia/', false],
  ['file:///etc/passwd', false],
  ['', false],
])('%j is our own page: %s', (address, own) => {
  expect(isOwnPage(address)).toBe(own)
})

test.each(['file:///etc/passwd', 'javascript:alert(1)', 'smb://server/x', 'ms-settings:', 'no address'])(
  '%s is never handed to the system',
  (address) => {
    expect(isWebLink(address)).toBe(false)
  },
)

describe('a guarded window', () => {
  const guarded = () => {
    const listeners: Record<string, (event: { url: string; preventDefault(): void }) => void> = {}
    const outside: string[] = []
    let opened: (details: { url: string }) => unknown = () => undefined
    const contents = {
      on: (name: string, listener: (event: { url: string; preventDefault(): void }) => void) =>
        void (listeners[name] = listener),
      setWindowOpenHandler: (handler: typeof opened) => void (opened = handler),
    }
    guardNavigation(contents as unknown as Parameters<typeof guardNavigation>[0], (url) => outside.push(url))
    const prevented = (name: string, url: string) => {
      let stopped = false
      listeners[name]?.({ url, preventDefault: () => (stopped = true) })
      return stopped
    }
    return { prevented, outside, open: (url: string) => opened({ url }) }
  }

  test('leaves our page for no other, not even by redirection, and takes no webview', () => {
    const { prevented } = guarded()
    expect(prevented('will-navigate', 'app://cuffia/calls')).toBe(false)
    expect(prevented('will-navigate', 'https://evil.example')).toBe(true)
    expect(prevented('will-redirect', 'https://evil.example')).toBe(true)
    expect(prevented('will-attach-webview', '')).toBe(true)
  })

  test('opens no window; web links go to the browser, other links nowhere', () => {
    const { open, outside } = guarded()
    expect(open('https://docs.example/')).toEqual({ action: 'deny' })
    expect(open('file:///etc/passwd')).toEqual({ action: 'deny' })
    expect(outside).toEqual(['https://docs.example/'])
  })
})
