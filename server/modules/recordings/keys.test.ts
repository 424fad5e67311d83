import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { keyFile, readKeys } from './keys.ts'

const folder = mkdtempSync(join(tmpdir(), 'cuffia-keys-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const text = () => randomBytes(32).toString('base64')

describe('the keys of recordings', () => {
  it('are one for what is new, and the older ones for what was recorded with them', () => {
    const [older, newer] = [text(), text()]
    const before = readKeys(older)
    const after = readKeys(`${newer}\n${older}\n`)
    expect(after.current.id).not.toBe(before.current.id)
    expect(after.find(before.current.id)).toEqual(Buffer.from(older, 'base64'))
    expect(readKeys(`${newer},${older}`).current).toEqual(after.current)
    expect(before.find(after.current.id)).toBeUndefined()
  })

  it.each(['', 'abc', Buffer.alloc(16).toString('base64')])('refuse %j', (bad) => {
    expect(() => readKeys(bad)).toThrow('recording key')
  })

  it('are made once, in a file that nobody else can read', async () => {
    const path = join(folder, 'new', 'recording.key')
    const made = await keyFile(path, randomBytes)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect((await keyFile(path, randomBytes)).current).toEqual(made.current)
    expect(readFileSync(path, 'utf8')).toHaveLength(45)
  })

  it('are refused where others can read them', async () => {
    const path = join(folder, 'open.key')
    writeFileSync(path, text())
    chmodSync(path, 0o644)
    await expect(keyFile(path, randomBytes)).rejects.toThrow('chmod 600')
  })
})
