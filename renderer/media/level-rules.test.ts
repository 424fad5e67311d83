import { describe, expect, it } from 'vitest'
import { listen, loudness, onScale } from './level-rules.ts'

describe('loudness', () => {
  it('of a full sine is -3 dBFS, of half of it 6 dB less', () => {
    const sine = (amplitude: number) =>
      Float32Array.from({ length: 4800 }, (_, index) => amplitude * Math.sin((2 * Math.PI * index) / 48))
    expect(loudness(sine(1))).toBeCloseTo(-3.01, 1)
    expect(loudness(sine(0.5))).toBeCloseTo(-9.03, 1)
  })
  it('of nothing is the bottom', () => {
    expect(loudness(new Float32Array(128))).toBe(-100)
    expect(loudness(new Float32Array(0))).toBe(-100)
  })
  it('fills the bar from -60 dBFS to full', () => {
    expect([-100, -60, -30, 0].map(onScale)).toEqual([0, 0, 0.5, 1])
  })
})

describe('the speaking test', () => {
  const quiet = -70
  const voice = -25
  it('calls a microphone silent after five seconds of nothing', () => {
    const start = listen(null, quiet, 1000)
    expect(listen(start, quiet, 5999).verdict).toBe('open')
    expect(listen(start, quiet, 6000).verdict).toBe('silent')
  })
  it('is passed by one word, and pauses after it do not count', () => {
    const spoken = listen(listen(null, quiet, 0), voice, 1000)
    expect(spoken.verdict).toBe('heard')
    expect(listen(spoken, quiet, 60_000).verdict).toBe('heard')
  })
  it('is healed by a word after the verdict', () => {
    const silent = listen(listen(null, quiet, 0), quiet, 5000)
    expect(listen(silent, quiet, 9000).verdict).toBe('silent')
    expect(listen(silent, voice, 9000).verdict).toBe('heard')
  })
})
