import { Transform, type Readable } from 'node:stream'
import { AppError } from '../../shared/std/errors.ts'

export const uploadLimit = 100 * 1024 * 1024

/** The same bytes; fails with `file-unreadable` as soon as there are more than `limit`. */
export function limited(source: Readable, limit: number): Readable {
  let bytes = 0
  const gate = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      if (bytes <= limit) return done(null, chunk)
      done(
        new AppError('file-unreadable', 'the file is too large', {
          details: { problem: 'too-large', limit },
        }),
      )
    },
  })
  source.on('error', (error) => gate.destroy(error))
  // A client that goes away in the middle must not look like the end of a file.
  source.on('close', () => {
    if (!source.readableEnded) gate.destroy(new AppError('disconnected', 'the upload was cut off'))
  })
  return source.pipe(gate)
}
