import { writeFileSync } from 'node:fs'

/** Samples a second of everything here. */
export const rate = 8000

/** ITU-T G.711 mu-law of one 16-bit sample. */
export function muLaw(sample) {
  const sign = sample < 0 ? 0x80 : 0
  const magnitude = Math.min(Math.abs(sample), 32_635) + 0x84
  const exponent = Math.max(0, 31 - Math.clz32(magnitude) - 7)
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f
  return ~(sign | (exponent << 4) | mantissa) & 0xff
}

/** The 16-bit sample of one byte of ITU-T G.711 mu-law. */
export function linear(byte) {
  const inverted = ~byte & 0xff
  const magnitude = (((inverted & 0x0f) << 3) + 0x84) << ((inverted >> 4) & 0x07)
  return inverted & 0x80 ? 0x84 - magnitude : magnitude - 0x84
}

/** `seconds` of sine waves, `level` 0 to 1; several frequencies are mixed. */
export function tone(frequencies, seconds, level = 0.3) {
  return Int16Array.from({ length: Math.round(seconds * rate) }, (_none, index) => {
    const sum = frequencies.reduce((total, hz) => total + Math.sin((2 * Math.PI * hz * index) / rate), 0)
    return Math.round((sum / Math.max(1, frequencies.length)) * level * 32_000)
  })
}

export const silence = (seconds) => new Int16Array(Math.round(seconds * rate))

export function join(...parts) {
  const all = new Int16Array(parts.reduce((total, part) => total + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** A quiet chord that swells and fades: hold music that belongs to nobody. */
export function music(seconds) {
  const chords = [[262, 330, 392], [220, 262, 330], [175, 220, 262], [196, 247, 294]] // prettier-ignore
  const beat = 2
  const parts = Array.from({ length: Math.ceil(seconds / beat) }, (_none, index) => {
    const samples = tone(chords[index % chords.length], beat, 0.25)
    return samples.map((sample, at) => Math.round(sample * Math.sin((Math.PI * at) / samples.length)))
  })
  return join(...parts)
}

/** Raw mu-law, as SIPp streams it and as Asterisk's format_pcm reads it. */
export const writeUlaw = (file, samples) => writeFileSync(file, Uint8Array.from(samples, muLaw))
