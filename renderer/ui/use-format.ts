import { useMemo } from 'react'
import { useLocale } from 'react-aria-components'
import { formats, type Formats } from './format.ts'

/** The formats of the page's language, in the zone of the machine unless another is asked for. */
export function useFormat(timeZone?: string): Formats {
  const { locale } = useLocale()
  return useMemo(() => formats(locale, timeZone), [locale, timeZone])
}
