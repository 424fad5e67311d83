import type { AddressInfo, Socket } from 'node:net'
import { connect, createServer } from 'node:net'

/** A network between client and server that can break; the server behind it may move to another port. */
export interface Gate {
  url: string
  leadTo(url: string): void
  /** Whatever is open breaks, nothing new gets through. */
  cut(): void
  heal(): void
  /** What is open breaks, as by a router that forgets; new connections go through. */
  drop(): void
  close(): Promise<void>
}

export async function openGate(target: string): Promise<Gate> {
  let port = Number(new URL(target).port)
  let isCut = false
  const sockets = new Set<Socket>()
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  }
  const drop = () => {
    for (const socket of sockets) socket.destroy()
  }
  const server = createServer((from) => {
    keep(from)
    if (isCut) return void from.destroy()
    const to = connect({ port, host: '127.0.0.1' })
    keep(to)
    from.pipe(to).pipe(from)
    from.on('close', () => to.destroy())
    to.on('close', () => from.destroy())
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    leadTo: (url) => {
      port = Number(new URL(url).port)
    },
    cut: () => {
      isCut = true
      drop()
    },
    heal: () => {
      isCut = false
    },
    drop,
    close: () => {
      drop()
      return new Promise((resolve) => void server.close(() => resolve()))
    },
  }
}
