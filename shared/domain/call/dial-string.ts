/**
 * What goes out for a number: as it is, or behind prefixes, where a + has no place. Shown before it goes out, so the page
 * asks the same function.
 */
export const dialString = (number: string, prefix: string): string =>
  prefix === '' ? number : prefix + number.replaceAll(/\D/g, '')

/** What goes out where a call is handed on or somebody is asked: a short number or an extension is dialled as it is. */
export const handOnString = (number: string, prefix: string): string =>
  number.startsWith('+') ? dialString(number, prefix) : number
