/** The schemes by which other programs ask for a call: RFC 3966 (tel), RFC 3261 (sip), and the older callto. */
export const dialSchemes = ['tel', 'callto', 'sip'] as const

/**
 * The number in a link, as text with `+`, digits, `*` and `#` only, or undefined where there is none. It is only
 * offered on the dial pad, never dialled by itself: any web page can open such a link.
 */
export function numberFromLink(link: string): string | undefined {
  const parts = /^(tel|callto|sip):(?:\/\/)?([^?;@]*)/i.exec(link.trim())
  if (!parts) return undefined
  const text = decoded(parts[2] ?? '')
  if (text === undefined || !/^\+?[\d\s().\-/*#]+$/.test(text)) return undefined
  const number = text.replaceAll(/[^\d+*#]/g, '')
  return /^\+?[\d*#]{2,20}$/.test(number) ? number : undefined
}

/** The first number among a program's arguments, where Windows and Linux put the link. */
export function numberInArguments(words: readonly string[]): string | undefined {
  return words.map(numberFromLink).find((number) => number !== undefined)
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
