// Stands in for Electron where there is no runtime: enough of it to start the desktop program's bundle under Node.
// What the program did is told to the parent as { type: 'did', … } once its window has loaded the page.
const { EventEmitter } = require('node:events')
const { accessSync } = require('node:fs')
const { registerHooks } = require('node:module')
const { pathToFileURL } = require('node:url')

const did = { paths: {}, window: undefined, address: undefined, page: undefined, menus: 0 }
const schemes = new Map()

class BrowserWindow extends EventEmitter {
  constructor(options) {
    super()
    did.window = options
    this.webContents = Object.assign(new EventEmitter(), { setWindowOpenHandler: () => {} })
  }
  show() {}
  hide() {}
  isDestroyed() {
    return false
  }
  async loadURL(address) {
    did.address = address
    const answer = await schemes.get('app')(new Request(address))
    did.page = { status: answer.status, policy: answer.headers.get('content-security-policy') }
    process.send({ type: 'did', ...did })
  }
}

const app = Object.assign(new EventEmitter(), {
  isPackaged: false,
  setPath: (name, path) => (did.paths[name] = path),
  requestSingleInstanceLock: () => true,
  whenReady: async () => {},
  getLocale: () => 'it',
  setAsDefaultProtocolClient: () => true,
  quit: () => {
    let prevented = false
    app.emit('before-quit', { preventDefault: () => (prevented = true) })
    if (!prevented) process.exit(0)
  },
})

const electron = {
  app,
  BrowserWindow,
  ipcMain: new EventEmitter(),
  Menu: { buildFromTemplate: (template) => template, setApplicationMenu: () => (did.menus += 1) },
  MessageChannelMain: MessageChannel,
  protocol: {
    registerSchemesAsPrivileged: () => {},
    handle: (scheme, handler) => schemes.set(scheme, handler),
  },
  session: {
    defaultSession: Object.assign(new EventEmitter(), {
      setPermissionRequestHandler: () => {},
      setPermissionCheckHandler: () => {},
      setDevicePermissionHandler: () => {},
    }),
  },
  shell: { openExternal: async () => {} },
  Tray: class extends EventEmitter {
    constructor(icon) {
      super()
      accessSync(icon)
    }
    setToolTip() {}
    setContextMenu() {}
  },
}

const itself = pathToFileURL(__filename).href
registerHooks({
  resolve: (name, context, next) =>
    name === 'electron' ? { url: itself, format: 'commonjs', shortCircuit: true } : next(name, context),
})
module.exports = electron
