import type { BrowserWindowConstructorOptions, WebContents } from 'electron'

/** `app://cuffia/`: unlike `file://` it has an origin, so that storage, devices and policies are tied to it. */
export const appOrigin = 'app://cuffia'

/** The page is treated as hostile: it has no Node, no shared objects with the preload, and its own process. */
export function windowOptions(preloadPath: string, iconPath?: string): BrowserWindowConstructorOptions {
  return {
    width: 1_280,
    height: 800,
    minWidth: 960,
    minHeight: 640,
    show: false,
    ...(iconPath === undefined ? {} : { icon: iconPath }),
    webPreferences: {
      preload: preloadPath,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      // Timers and sound of a call go on while the window is behind another one.
      backgroundThrottling: false,
    },
  }
}

/** Custom schemes have the origin "null" for `URL`, so scheme and host are compared. */
export function isOwnPage(address: string): boolean {
  const url = URL.parse(address)
  return url !== null && `${url.protocol}//${url.host}` === appOrigin
}

/** What may be handed to the system's browser: web pages and mail, never files or other programs. */
export function isWebLink(address: string): boolean {
  const url = URL.parse(address)
  return url !== null && ['https:', 'http:', 'mailto:'].includes(url.protocol)
}

/** Keeps the window on our page: other addresses open in the system's browser or nowhere, and no window is opened. */
export function guardNavigation(
  contents: Pick<WebContents, 'on' | 'setWindowOpenHandler'>,
  openOutside: (address: string) => void,
): void {
  const leave = (event: { preventDefault(): void; url: string }) => {
    if (!isOwnPage(event.url)) event.preventDefault()
  }
  contents.on('will-navigate', leave)
  contents.on('will-redirect', leave)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    if (isWebLink(url)) openOutside(url)
    return { action: 'deny' }
  })
}
