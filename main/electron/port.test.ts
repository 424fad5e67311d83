import { expect, test } from 'vitest'
import { handPorts } from './port.ts'

function asked(senderFrame: { url: string; parent: unknown } | null) {
  let ask: (event: unknown) => void = () => {}
  const windows: string[] = []
  const sent: unknown[] = []
  const port = { on: () => {}, start: () => {}, postMessage: () => {}, close: () => {} }
  handPorts(
    { on: (_name: string, listener: typeof ask) => void (ask = listener) } as unknown as Parameters<
      typeof handPorts
    >[0],
    () => ({ port1: port, port2: port }) as unknown as ReturnType<Parameters<typeof handPorts>[1]>,
    (_channel, by) => windows.push(by.window),
  )
  ask({ sender: { id: 4, postMessage: (name: string) => sent.push(name) }, senderFrame })
  return { windows, sent }
}

test('our page gets a port and is known by its window', () => {
  expect(asked({ url: 'app://cuffia/calls', parent: null })).toEqual({
    windows: ['window-4'],
    sent: ['cuffia:port'],
  })
})

test.each([
  ['another page', { url: 'https://evil.example/', parent: null }],
  ['a frame inside our page', { url: 'app://cuffia/', parent: {} }],
  ['a page that is gone', null],
])('%s gets none', (_name, frame) => {
  expect(asked(frame)).toEqual({ windows: [], sent: [] })
})
