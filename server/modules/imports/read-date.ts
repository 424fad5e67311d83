/**
 * A date of birth as spreadsheets have it, to ISO: `12/5/1980`, `12-05-80`, `12.05.1980`, `1980-05-12`, each with a time
 * after it or not, and Excel's serial number. Day before month. Undefined for what is no date, or not yet past.
 */
export function formatDate(text: string, today: string): string | undefined {
  const date = text.replace(/[ T]\d{1,2}[:.]\d{2}.*$/, '')
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(date)
  if (iso) return validDate(Number(iso[1]), Number(iso[2]), Number(iso[3]), today)
  const written = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})$/.exec(date)
  if (written) {
    const [, day, month, year = ''] = written
    return validDate(
      year.length === 2 ? century(Number(year), today) : Number(year),
      Number(month),
      Number(day),
      today,
    )
  }
  return /^\d{1,5}(?:[.,]0+)?$/.test(date) ? fromSerial(Number.parseInt(date, 10), today) : undefined
}

/** Two-digit years lie in the hundred years up to this one. */
function century(year: number, today: string): number {
  const now = Number(today.slice(0, 4))
  const here = now - (now % 100) + year
  return here > now ? here - 100 : here
}

/** Days since 30 December 1899: Excel counts a 29 February 1900 that never was, so earlier than March 1900 is not read. */
function fromSerial(serial: number, today: string): string | undefined {
  if (serial < 61) return undefined
  const date = new Date(Date.UTC(1899, 11, 30 + serial))
  return validDate(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate(), today)
}

function validDate(year: number, month: number, day: number, today: string): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day))
  if (year < 1900 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined
  const iso = date.toISOString().slice(0, 10)
  return iso <= today ? iso : undefined
}
