import { expect, test } from 'vitest'
import { applicationMenu, trayMenu } from './menu.ts'
import { shellWords } from './words.ts'

test('the menus speak Italian on Italian systems and English elsewhere', () => {
  const nothing = { open: () => {}, quit: () => {} }
  const labels = (locale: string) => trayMenu(shellWords(locale), nothing).flatMap(({ label }) => label ?? [])
  expect(labels('it-IT')).toEqual(['Apri Cuffia', 'Esci'])
  expect(labels('it')).toEqual(['Apri Cuffia', 'Esci'])
  expect(labels('de-DE')).toEqual(['Open Cuffia', 'Quit'])
  expect(labels('italic')).toEqual(['Open Cuffia', 'Quit'])
})

test('only developers get the reload and the developer tools', () => {
  const menu = (development: boolean) =>
    JSON.stringify(applicationMenu(shellWords('en'), { platform: 'linux', development }))
  expect(menu(true)).toContain('toggleDevTools')
  expect(menu(false)).not.toMatch(/toggleDevTools|reload/)
})

test('a Mac gets its own application menu', () => {
  expect(applicationMenu(shellWords('it'), { platform: 'darwin', development: false })[0]).toEqual({
    role: 'appMenu',
  })
})
