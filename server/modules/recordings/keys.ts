import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { link, mkdir, open, readFile, stat, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'

/** One for what is recorded from now on, and all that older recordings were made with. */
export interface KeyRing {
  current: { id: string; key: Buffer }
  find(id: string): Buffer | undefined
}

/** Says which key without saying anything of it. */
const idOf = (key: Buffer) => createHash('sha256').update(key).digest('hex').slice(0, 16)

/** Keys of 32 bytes in base64, one a line or with commas between; the first is the current one. Throws an Error. */
export function readKeys(text: string): KeyRing {
  const keys = text
    .split(/[\s,]+/)
    .filter((part) => part !== '' && !part.startsWith('#'))
    .map((part) => Buffer.from(part, 'base64'))
  if (keys.some(({ length }) => length !== 32)) throw new Error('a recording key is 32 bytes in base64')
  const all = new Map(keys.map((key) => [idOf(key), key]))
  const [key] = keys
  if (key === undefined) throw new Error('there is no recording key')
  return { current: { id: idOf(key), key }, find: (id) => all.get(id) }
}

/** The keys in a file that only its owner can read; a new one is made where there is none. Throws an Error. */
export async function keyFile(path: string, randomBytes: (count: number) => Uint8Array): Promise<KeyRing> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  if (!existsSync(path)) {
    const half = `${path}.${Buffer.from(randomBytes(4)).toString('hex')}.part`
    const file = await open(half, 'wx', 0o600)
    await file.writeFile(`${Buffer.from(randomBytes(32)).toString('base64')}\n`)
    // On the disk, and whole, before anything is encrypted with it.
    await file.sync()
    await file.close()
    await link(half, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
    await unlink(half)
  }
  if (process.platform !== 'win32' && ((await stat(path)).mode & 0o077) !== 0)
    throw new Error(`${path} can be read by others: chmod 600`)
  return readKeys(await readFile(path, 'utf8'))
}
