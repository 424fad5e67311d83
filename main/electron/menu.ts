import type { MenuItemConstructorOptions } from 'electron'
import type { ShellWords } from './words.ts'

/** The smallest menu with which copying, zooming and quitting work on each system; developers get their tools. */
export function applicationMenu(
  words: ShellWords,
  on: { platform: string; development: boolean },
): MenuItemConstructorOptions[] {
  const mac = on.platform === 'darwin'
  return [
    mac ? { role: 'appMenu' } : { label: words.file, submenu: [{ role: 'quit', label: words.quit }] },
    {
      label: words.edit,
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: words.view,
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...(on.development ? [{ role: 'reload' } as const, { role: 'toggleDevTools' } as const] : []),
      ],
    },
  ]
}

/** The tray's menu: the window again, or the end. */
export function trayMenu(
  words: ShellWords,
  act: { open: () => void; quit: () => void },
): MenuItemConstructorOptions[] {
  return [
    { label: words.open, click: act.open },
    { type: 'separator' },
    { label: words.quit, click: act.quit },
  ]
}
