import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto'
import { open } from 'node:fs/promises'

/**
 * A file in pieces, each encrypted and authenticated by itself (AES-256-GCM), so that any part of a long recording can be
 * heard without reading all of it. A piece in another place, another file's piece, a missing end: all are refused.
 */
export interface Seal {
  /** 32 bytes. */
  key: Buffer
  /** Random, 32 bytes, kept apart from the file: with the key it makes the key of this file alone (RFC 5869). */
  salt: Buffer
  /** What the file is of. */
  name: string
}

export const pieceLength = 64 * 1024
const tagLength = 16

const fileKey = ({ key, salt, name }: Seal): Buffer =>
  Buffer.from(hkdfSync('sha256', key, salt, `cuffia recording ${name}`, 32))

/** Never the same twice under one file's key: the number of the piece, and whether it is the last. */
function nonce(index: number, isLast: boolean): Buffer {
  const bytes = Buffer.alloc(12)
  bytes.writeUInt8(isLast ? 1 : 0, 0)
  bytes.writeUInt32BE(index, 8)
  return bytes
}

/** The source's bytes as they go to the disk. */
export async function* sealed(source: AsyncIterable<Buffer>, seal: Seal): AsyncGenerator<Buffer> {
  const key = fileKey(seal)
  let rest = Buffer.alloc(0)
  let index = 0
  const piece = (plain: Buffer, isLast: boolean): Buffer => {
    const cipher = createCipheriv('aes-256-gcm', key, nonce(index++, isLast))
    return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
  }
  for await (const part of source) {
    rest = Buffer.concat([rest, part])
    // One byte more than a piece: else it may be the last.
    while (rest.length > pieceLength) {
      yield piece(rest.subarray(0, pieceLength), false)
      rest = rest.subarray(pieceLength)
    }
  }
  yield piece(rest, true)
}

/**
 * The plain bytes `from` to `to`, both counted, of a file that has `bytes` of them. Throws where the file is not there, or
 * is not what was written.
 */
export async function* unsealed(
  path: string,
  seal: Seal,
  { bytes, from, to }: { bytes: number; from: number; to: number },
): AsyncGenerator<Buffer> {
  const key = fileKey(seal)
  const last = Math.max(0, Math.ceil(bytes / pieceLength) - 1)
  const file = await open(path, 'r')
  try {
    for (let index = Math.floor(from / pieceLength); index <= Math.floor(to / pieceLength); index++) {
      const begin = index * pieceLength
      const length = Math.min(pieceLength, bytes - begin)
      const buffer = Buffer.alloc(length + tagLength)
      const { bytesRead } = await file.read(buffer, 0, buffer.length, index * (pieceLength + tagLength))
      const decipher = createDecipheriv('aes-256-gcm', key, nonce(index, index === last))
      decipher.setAuthTag(buffer.subarray(bytesRead - tagLength, bytesRead))
      const plain = Buffer.concat([
        decipher.update(buffer.subarray(0, bytesRead - tagLength)),
        decipher.final(),
      ])
      yield plain.subarray(Math.max(0, from - begin), to - begin + 1)
    }
  } finally {
    await file.close()
  }
}
