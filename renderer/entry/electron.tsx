import { openPort } from '../client/port.ts'
import { start } from './start.tsx'

/** Root of the desktop shell: the preload hands over a port to main. */
start(() => openPort(window))
