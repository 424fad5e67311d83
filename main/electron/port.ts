import type { IpcMain, MessageChannelMain, WebContents } from 'electron'
import type { Channel } from '../../shared/rpc/channel.ts'
import type { Caller } from '../../shared/rpc/contract.ts'
import { portNames } from '../../shared/rpc/port-names.ts'
import { electronPortChannel } from '../transport/electron-port.ts'
import { isOwnPage } from './window.ts'

interface Asking {
  sender: Pick<WebContents, 'id' | 'postMessage'>
  senderFrame: { url: string; parent: unknown } | null
}

/** Gives each page that asks a port of its own; only our page in its top frame gets one (Electron's security list, 17). */
export function handPorts(
  ipc: Pick<IpcMain, 'on'>,
  makeChannel: () => Pick<MessageChannelMain, 'port1' | 'port2'>,
  onChannel: (channel: Channel, by: Caller) => void,
): void {
  ipc.on(portNames.wanted, ({ sender, senderFrame }: Asking) => {
    if (senderFrame === null || senderFrame.parent !== null || !isOwnPage(senderFrame.url)) return
    const { port1, port2 } = makeChannel()
    onChannel(electronPortChannel(port1), { window: `window-${sender.id}` })
    sender.postMessage(portNames.given, null, [port2])
  })
}
