export interface Note {
  /** Seconds from the start of the round. */
  at: number
  hertz: number
  seconds: number
}

/** `leg`: once. `call`: again and again. `test`: two seconds of a plain tone. */
export const tunes = {
  call: {
    notes: [0, 0.2, 0.4, 0.6].map((at, index) => ({
      at,
      hertz: index % 2 === 0 ? 784 : 988,
      seconds: 0.18,
    })),
    roundSeconds: 2.4,
  },
  leg: { notes: [{ at: 0, hertz: 660, seconds: 0.15 }], roundSeconds: null },
  test: { notes: [{ at: 0, hertz: 440, seconds: 2 }], roundSeconds: null },
} as const satisfies Record<string, { notes: readonly Note[]; roundSeconds: number | null }>

export type Tune = keyof typeof tunes
