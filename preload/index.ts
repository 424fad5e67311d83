import { ipcRenderer } from 'electron'

// The page asks for a port, main hands one over, the page talks to it as to a socket. Nothing else passes here.
// The two names are those of shared/rpc/port-names.ts; a sandboxed preload stands alone.
window.addEventListener('message', (event) => {
  if (event.source === window && event.data === 'cuffia:port-wanted') ipcRenderer.send('cuffia:port-wanted')
})
ipcRenderer.on('cuffia:port', (event) => {
  window.postMessage('cuffia:port', window.location.origin, event.ports)
})
