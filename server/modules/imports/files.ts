import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ImportId } from '../../../shared/std/ids.ts'
import type { FileFormat } from '../../../shared/crm-api/imports.ts'
import { openTable } from './read-table.ts'
import type { TableRow } from './read-table.ts'

/** The uploaded files, in a folder of their own that only this user can read: they hold personal data. */
export interface ImportFiles {
  /** Writes all or nothing; returns the bytes. */
  store(id: ImportId, content: Readable): Promise<number>
  /** `header` is null where the file has none; rows are read as they are asked for. */
  open(
    id: ImportId,
    format: FileFormat | null,
  ): Promise<{
    format: FileFormat
    header: readonly string[] | null
    rows: AsyncGenerator<TableRow, void, undefined>
  }>
  remove(id: ImportId): Promise<void>
}

export function importFiles(folder: string): ImportFiles {
  const pathOf = (id: ImportId) => join(folder, `${id.replaceAll(/[^\w-]/g, '_')}.table`)
  return {
    store: async (id, content) => {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const file = createWriteStream(pathOf(id), { flags: 'wx', mode: 0o600 })
      try {
        await pipeline(content, file)
      } catch (error) {
        await rm(pathOf(id), { force: true })
        throw error
      }
      return file.bytesWritten
    },
    open: async (id, wanted) => {
      const stream = createReadStream(pathOf(id))
      const table = await openTable(stream, wanted ?? {})
      const { encoding, separator, header } = table.format
      const first = header ? await table.rows.next() : null
      return {
        format: { encoding, separator, header },
        header: first === null || first.done === true ? null : first.value.cells,
        rows: table.rows,
      }
    },
    remove: (id) => rm(pathOf(id), { force: true }),
  }
}
