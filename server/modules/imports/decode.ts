import { looksUtf8 } from './detect.ts'
import type { TableEncoding } from './detect.ts'

/**
 * Bytes to text with every line break as `\n`, whichever way they are cut into chunks. A sample of pure ASCII looks
 * like UTF-8: when the first character beyond it turns out not to be, the file is read on as Windows-1252.
 */
export async function* decode(
  chunks: AsyncIterable<Uint8Array>,
  encoding: TableEncoding,
): AsyncGenerator<string, void, undefined> {
  const decoder = textDecoder(encoding)
  let pendingReturn = false
  const tidy = (text: string, last: boolean) => {
    const whole = (pendingReturn ? '\r' : '') + text
    // A carriage return at the end may be half of a line break.
    pendingReturn = !last && whole.endsWith('\r')
    return (pendingReturn ? whole.slice(0, -1) : whole).replace(/\r\n?/g, '\n')
  }
  for await (const chunk of chunks) {
    const text = tidy(decoder.next(chunk), false)
    if (text !== '') yield text
  }
  const rest = tidy(decoder.end(), true)
  if (rest !== '') yield rest
}

function textDecoder(encoding: TableEncoding) {
  let decoder = new TextDecoder(encoding)
  let onlyAscii = encoding === 'utf-8'
  return {
    next(chunk: Uint8Array): string {
      if (onlyAscii && chunk.some((byte) => byte > 127)) {
        onlyAscii = false
        if (!looksUtf8(chunk, true)) decoder = new TextDecoder('windows-1252')
      }
      return decoder.decode(chunk, { stream: true })
    },
    end: () => decoder.decode(),
  }
}
