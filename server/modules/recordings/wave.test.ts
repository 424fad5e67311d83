import { describe, expect, it } from 'vitest'
import { beginningOf, measureWave } from './wave.ts'

const rate = 8_000
function wave(samples: readonly number[], { dataSize = samples.length * 2, extra = Buffer.alloc(0) } = {}) {
  const head = Buffer.alloc(36)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(36 + extra.length + samples.length * 2, 4)
  head.write('WAVEfmt ', 8, 'latin1')
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(rate, 24)
  head.writeUInt32LE(rate * 2, 28)
  head.writeUInt16LE(2, 32)
  head.writeUInt16LE(16, 34)
  const data = Buffer.alloc(8 + samples.length * 2)
  data.write('data', 0, 'latin1')
  data.writeUInt32LE(dataSize, 4)
  samples.forEach((sample, index) => data.writeInt16LE(sample, 8 + index * 2))
  return Buffer.concat([head, extra, data])
}
function measure(file: Buffer, cut = 333) {
  const meter = measureWave()
  for (let at = 0; at < file.length; at += cut) meter.push(file.subarray(at, at + cut))
  return meter.end()
}

describe('a WAV file that passes by', () => {
  const half = [...Array<number>(rate).fill(0), ...Array<number>(rate).fill(-16_384)]

  it('has its length, and a loudness for each part of it, however it is cut', () => {
    for (const cut of [1, 333, 100_000]) {
      const { durationMs, peaks } = measure(wave(half), cut)
      expect(durationMs).toBe(2_000)
      expect(peaks).toHaveLength(400)
      expect(new Set(peaks.slice(0, 199))).toEqual(new Set([0]))
      expect(new Set(peaks.slice(201))).toEqual(new Set([128]))
    }
  })

  it('has its whole length where the header says nothing of it, as a killed switch leaves it', () => {
    expect(measure(wave(half, { dataSize: 0 })).durationMs).toBe(2_000)
  })

  it('may have other chunks before its sound', () => {
    const extra = Buffer.from('LIST\x03\x00\x00\x00abc\x00', 'latin1')
    expect(measure(wave(half, { extra })).durationMs).toBe(2_000)
  })

  it('may be silent at once, shorter than its waveform, and may have no sound at all', () => {
    expect(measure(wave(Array<number>(80).fill(32_767)))).toEqual({
      durationMs: 10,
      peaks: Array<number>(400).fill(255),
    })
    expect(measure(wave([]))).toEqual({ durationMs: 0, peaks: [] })
  })

  it('is refused where it is something else', () => {
    expect(() => measure(Buffer.from('a page of text, longer than a header'))).toThrow('no WAV')
    expect(() => measure(Buffer.from('RIFF'))).toThrow('no WAV')
  })
})

describe('the beginning of a WAV file', () => {
  const second = Array.from({ length: rate }, (_, index) => index)
  async function* inParts(file: Buffer, cut: number) {
    for (let at = 0; at < file.length; at += cut) yield file.subarray(at, at + cut)
  }
  async function beginning(file: Buffer, ms: number, cut = 333): Promise<Buffer> {
    const parts: Buffer[] = []
    for await (const part of beginningOf(inParts(file, cut), ms)) parts.push(part)
    return Buffer.concat(parts)
  }

  it('is a WAV file of so much sound, and nothing of what follows is in it', async () => {
    for (const cut of [1, 333, 100_000])
      expect(await beginning(wave(second), 250, cut)).toEqual(wave(second.slice(0, rate / 4)))
  })

  it('is all of a shorter one, and may have no sound', async () => {
    expect(await beginning(wave(second), 5_000)).toEqual(wave(second))
    expect(await beginning(wave(second), 0)).toEqual(wave([]))
  })

  it('says how long it is where the whole did not', async () => {
    expect(await beginning(wave(second, { dataSize: 0 }), 250)).toEqual(wave(second.slice(0, rate / 4)))
  })

  it('is refused where the whole is something else', async () => {
    await expect(beginning(Buffer.from('a page of text, longer than a header'), 100)).rejects.toThrow(
      'no WAV',
    )
    await expect(beginning(Buffer.from('RIFF'), 100)).rejects.toThrow('no WAV')
  })
})
