import { openSocket } from '../client/browser-socket.ts'
import { pageClock } from '../client/page-clock.ts'
import { start } from './start.tsx'

/** Root of the browser shell: the host is the one that served this page. */
const address = new URL('/rpc', window.location.href)
address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
address.hash = ''
start(() => openSocket(address.href, pageClock))
