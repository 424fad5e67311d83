import {
  app,
  BrowserWindow,
  ipcMain,
  Menu,
  MessageChannelMain,
  protocol,
  session,
  shell,
  Tray,
} from 'electron'
import { dialSchemes, numberFromLink, numberInArguments } from '../../shared/domain/call/dial-link.ts'
import type { Channel } from '../../shared/rpc/channel.ts'
import type { Caller } from '../../shared/rpc/contract.ts'
import type { AppProtocolOptions } from './app-protocol.ts'
import { appProtocol, appScheme } from './app-protocol.ts'
import { applicationMenu, trayMenu } from './menu.ts'
import { guardPermissions } from './permissions.ts'
import { handPorts } from './port.ts'
import { appOrigin, guardNavigation, windowOptions } from './window.ts'
import { shellWords } from './words.ts'

export interface ShellOptions extends AppProtocolOptions {
  preloadPath: string
  iconPath: string
  arguments: readonly string[]
  platform: string
  /** A page got its port; the window is the caller. */
  onChannel: (channel: Channel, by: Caller) => void
  /** Another program asks to call a number: offer it on the dial pad. */
  onNumber: (number: string) => void
  /** Runs before the program ends, once. */
  onQuit: () => Promise<void>
}

export interface Shell {
  show(): void
  quit(): void
}

/**
 * Call first thing in the process, before anything is awaited: schemes must be registered before the app is ready.
 * `windowFolder` exists and is for Chromium's own files. False where another Cuffia runs on it already; that one shows
 * itself and gets our arguments, and this one must end.
 */
export function claimProcess(windowFolder: string): boolean {
  protocol.registerSchemesAsPrivileged([appScheme])
  app.setPath('userData', windowFolder)
  const first = app.requestSingleInstanceLock()
  if (!first) app.quit()
  return first
}

/** Opens the window and everything around it once services are there to answer. */
export async function startShell(options: ShellOptions): Promise<Shell> {
  await app.whenReady()
  const words = shellWords(app.getLocale())
  let quitting = false
  let window = openWindow()

  function openWindow(): BrowserWindow {
    const opened = new BrowserWindow(windowOptions(options.preloadPath, options.iconPath))
    guardNavigation(opened.webContents, (address) => void shell.openExternal(address))
    opened.once('ready-to-show', () => opened.show())
    // Closing hides: calls must still reach the operator. The tray and the menu quit.
    opened.on('close', (event) => {
      if (quitting) return
      event.preventDefault()
      opened.hide()
    })
    return opened
  }
  const show = () => {
    if (window.isDestroyed()) window = openWindow()
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }
  const dial = (number: string | undefined) => {
    show()
    if (number !== undefined) options.onNumber(number)
  }

  guardPermissions(session.defaultSession)
  protocol.handle(appScheme.scheme, appProtocol(options))
  handPorts(ipcMain, () => new MessageChannelMain(), options.onChannel)
  for (const each of dialSchemes) app.setAsDefaultProtocolClient(each)
  app.on('second-instance', (_event, words) => dial(numberInArguments(words)))
  app.on('open-url', (event, link) => {
    event.preventDefault()
    dial(numberFromLink(link))
  })
  app.on('activate', show)
  app.on('before-quit', (event) => {
    if (quitting) return
    event.preventDefault()
    quitting = true
    void options.onQuit().finally(() => app.quit())
  })

  const on = { platform: options.platform, development: !app.isPackaged }
  Menu.setApplicationMenu(Menu.buildFromTemplate(applicationMenu(words, on)))
  const tray = new Tray(options.iconPath)
  tray.setToolTip('Cuffia')
  tray.setContextMenu(Menu.buildFromTemplate(trayMenu(words, { open: show, quit: () => app.quit() })))
  tray.on('click', show)

  await window.loadURL(`${appOrigin}/electron.html`)
  const first = numberInArguments(options.arguments)
  if (first !== undefined) options.onNumber(first)
  return { show, quit: () => app.quit() }
}
