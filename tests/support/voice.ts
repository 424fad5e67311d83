import { writeFileSync } from 'node:fs'

/**
 * What a fake microphone says (Chromium's `--use-file-for-fake-audio-capture`): 16-bit mono WAV at 48 kHz. Syllables of
 * tone: the browser takes a tone without pauses for noise and removes it.
 */
export function writeVoice(file: string, hertz: number): void {
  const rate = 48_000
  const samples = Int16Array.from({ length: rate * 3 }, (_, index) => {
    const isSpoken = index % 14_400 < 9_600
    return isSpoken ? Math.round(12_000 * Math.sin((2 * Math.PI * hertz * index) / rate)) : 0
  })
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + samples.byteLength, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(rate, 24)
  head.writeUInt32LE(rate * 2, 28)
  head.writeUInt16LE(2, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36)
  head.writeUInt32LE(samples.byteLength, 40)
  writeFileSync(file, Buffer.concat([head, Buffer.from(samples.buffer)]))
}

/** A microphone that says the file, given without asking, and sound without a gesture: for tests and benches. */
export const fakeAudio = (voice: string): string[] => [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  `--use-file-for-fake-audio-capture=${voice}`,
  '--autoplay-policy=no-user-gesture-required',
]
