import { useLocale } from 'react-aria-components'
import { formats, type Formats } from './format.ts'

/** Making them takes 0.3 ms and a record on the desk has a dozen places that write figures: one set for the page. */
const made = new Map<string, Formats>()

/** The formats of the page's language, in the zone of the machine unless another is asked for. */
export function useFormat(timeZone?: string): Formats {
  const { locale } = useLocale()
  const name = `${locale} ${timeZone ?? ''}`
  const known = made.get(name) ?? formats(locale, timeZone)
  made.set(name, known)
  return known
}
