import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { pieceLength, sealed, unsealed } from './sealed-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'cuffia-sealed-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const path = join(folder, 'file')
const seal = { key: randomBytes(32), salt: randomBytes(32), name: 'one' }

async function whole(parts: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = []
  for await (const part of parts) all.push(part)
  return Buffer.concat(all)
}
// Cut where no piece ends.
async function* inParts(bytes: Buffer) {
  for (let at = 0; at < bytes.length; at += 10_007) yield bytes.subarray(at, at + 10_007)
}
async function write(plain: Buffer) {
  writeFileSync(path, await whole(sealed(inParts(plain), seal)))
}
const read = (plain: Buffer, from = 0, to = plain.length - 1, how = seal) =>
  whole(unsealed(path, how, { bytes: plain.length, from, to }))

describe('a sealed file', () => {
  it.each([0, 1, pieceLength - 1, pieceLength, pieceLength + 1, 3 * pieceLength])(
    'of %s bytes gives the same back',
    async (length) => {
      const plain = randomBytes(length)
      await write(plain)
      expect((await read(plain)).equals(plain)).toBe(true)
    },
  )

  it('gives any part of it alone', async () => {
    const plain = randomBytes(3 * pieceLength + 17)
    await write(plain)
    for (const [from, to] of [
      [0, 0],
      [pieceLength - 1, pieceLength],
      [70_000, 140_000],
      [plain.length - 1, plain.length - 1],
    ] as const) {
      expect((await read(plain, from, to)).equals(plain.subarray(from, to + 1))).toBe(true)
    }
  })

  it('shows nothing of what is in it', async () => {
    const plain = Buffer.alloc(pieceLength * 2, 'a sentence that was said aloud. ')
    await write(plain)
    expect(readFileSync(path).includes(Buffer.from('said aloud'))).toBe(false)
  })

  it('is refused with another key, another salt, and under another name', async () => {
    const plain = randomBytes(100)
    await write(plain)
    for (const how of [
      { ...seal, key: randomBytes(32) },
      { ...seal, salt: randomBytes(32) },
      { ...seal, name: 'two' },
    ]) {
      await expect(read(plain, 0, 99, how)).rejects.toThrow(/authenticate|tag/)
    }
  })

  it('is refused where a bit was changed, where pieces have changed places, and where its end was cut off', async () => {
    const plain = randomBytes(2 * pieceLength)
    await write(plain)
    const bytes = readFileSync(path)
    const piece = pieceLength + 16
    const changed = Buffer.from(bytes)
    changed.writeUInt8(changed.readUInt8(5) ^ 1, 5)
    writeFileSync(path, changed)
    await expect(read(plain)).rejects.toThrow(/authenticate|tag/)
    writeFileSync(path, Buffer.concat([bytes.subarray(piece), bytes.subarray(0, piece)]))
    await expect(read(plain)).rejects.toThrow(/authenticate|tag/)
    writeFileSync(path, bytes.subarray(0, piece))
    await expect(read(plain)).rejects.toThrow(/authenticate|tag/)
    await expect(read(plain.subarray(0, pieceLength))).rejects.toThrow(/authenticate|tag/)
  })
})
