/** The two messages by which a page gets its port: page -> preload -> main, and back. The preload repeats them. */
export const portNames = { wanted: 'cuffia:port-wanted', given: 'cuffia:port' } as const
