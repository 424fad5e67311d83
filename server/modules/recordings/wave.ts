import { peakCount } from '../../../shared/crm-api/recordings.ts'
import { AppError } from '../../../shared/std/errors.ts'

/** Of 16-bit PCM, as the switch records. */
export interface WaveFormat {
  bytesPerSecond: number
  channels: number
}

export interface Measured {
  durationMs: number
  /** 0 to 255, `peakCount` of them; none where there is no sound. */
  peaks: number[]
}

/** So long a piece of sound is one candidate for a peak: an hour makes 360,000 of them. */
const blockMs = 10
const unreadable = (why: string) => new AppError('file-unreadable', why)

/** Longer is no header of a sound. */
const longestHeader = 4_096

/**
 * Measures a WAV file that passes by. A switch that was killed leaves a header that says nothing of the length, so what
 * comes after `data` counts, not what the header says.
 */
export function measureWave() {
  let head: Buffer | null = Buffer.alloc(0)
  let format: WaveFormat | null = null
  let sound = 0
  let odd: number | null = null
  let inBlock = 0
  let blockPeak = 0
  const blocks: number[] = []

  function samples(bytes: Buffer, { bytesPerSecond }: WaveFormat): void {
    const perBlock = Math.max(1, Math.round((bytesPerSecond * blockMs) / 2_000))
    sound += bytes.length
    const whole = odd === null ? bytes : Buffer.concat([Buffer.of(odd), bytes])
    for (let at = 0; at + 1 < whole.length; at += 2) {
      blockPeak = Math.max(blockPeak, Math.abs(whole.readInt16LE(at)))
      if (++inBlock < perBlock) continue
      blocks.push(blockPeak)
      inBlock = 0
      blockPeak = 0
    }
    odd = whole.length % 2 === 1 ? (whole.at(-1) ?? null) : null
  }

  return {
    /** Throws `file-unreadable` for what is no 16-bit WAV. */
    push: (bytes: Buffer): void => {
      if (head === null) return samples(bytes, format as WaveFormat)
      head = Buffer.concat([head, bytes])
      const found = readHeader(head)
      if (found === null) {
        if (head.length > longestHeader) throw unreadable('this is no WAV file')
        return
      }
      format = found.format
      const first = head.subarray(found.soundAt)
      head = null
      samples(first, format)
    },
    /** Throws `file-unreadable` where not even the header came. */
    end: (): Measured => {
      if (format === null) throw unreadable('this is no WAV file')
      if (inBlock > 0) blocks.push(blockPeak)
      return { durationMs: Math.round((sound / format.bytesPerSecond) * 1_000), peaks: peaksOf(blocks) }
    },
  }
}

/** The first milliseconds of a WAV file, as a WAV file. Throws `file-unreadable` for what is no 16-bit WAV. */
export async function* beginningOf(file: AsyncIterable<Buffer>, ms: number): AsyncGenerator<Buffer> {
  let head = Buffer.alloc(0)
  let left: number | null = null
  for await (const part of file) {
    let sound = part
    if (left === null) {
      head = Buffer.concat([head, part])
      const found = readHeader(head)
      if (found === null && head.length > longestHeader) throw unreadable('this is no WAV file')
      if (found === null) continue
      const { soundAt, format } = found
      left = Math.floor((format.bytesPerSecond * ms) / 2_000) * 2
      sound = head.subarray(soundAt)
      head = Buffer.from(head.subarray(0, soundAt))
      const said = head.readUInt32LE(soundAt - 4)
      const size = said === 0 ? left : Math.min(left, said)
      head.writeUInt32LE(size, soundAt - 4)
      head.writeUInt32LE(soundAt - 8 + size, 4)
      yield head
    }
    const kept = sound.subarray(0, left)
    left -= kept.length
    if (kept.length > 0) yield kept
    if (left === 0) return
  }
  if (left === null) throw unreadable('this is no WAV file')
}

/** RIFF, then chunks; null while more bytes are needed. */
function readHeader(bytes: Buffer): { format: WaveFormat; soundAt: number } | null {
  if (bytes.length < 12) return null
  const text = (at: number) => bytes.toString('latin1', at, at + 4)
  if (text(0) !== 'RIFF' || text(8) !== 'WAVE') throw unreadable('this is no WAV file')
  let format: WaveFormat | null = null
  for (let at = 12; at + 8 <= bytes.length;) {
    const size = bytes.readUInt32LE(at + 4)
    if (text(at) === 'data') {
      if (format === null) throw unreadable('a WAV file without a format')
      return { format, soundAt: at + 8 }
    }
    if (text(at) === 'fmt ') {
      if (at + 24 > bytes.length) return null
      const [channels, bytesPerSecond, bits] = [
        bytes.readUInt16LE(at + 10),
        bytes.readUInt32LE(at + 16),
        bytes.readUInt16LE(at + 22),
      ]
      if (bytes.readUInt16LE(at + 8) !== 1 || bits !== 16 || bytesPerSecond === 0)
        throw unreadable('this is no 16-bit PCM')
      format = { channels, bytesPerSecond }
    }
    // Chunks are padded to even lengths.
    at += 8 + size + (size % 2)
  }
  return null
}

function peaksOf(blocks: readonly number[]): number[] {
  if (blocks.length === 0) return []
  return Array.from({ length: peakCount }, (_, index) => {
    const from = Math.floor((index * blocks.length) / peakCount)
    const to = Math.max(from + 1, Math.floor(((index + 1) * blocks.length) / peakCount))
    const peak = blocks.slice(from, to).reduce((most, each) => Math.max(most, each), 0)
    return Math.min(255, Math.round((peak / 32_767) * 255))
  })
}
