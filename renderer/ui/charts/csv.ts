/** A table as text for spreadsheets (RFC 4180), with `;` where the decimal comma is used. */
export function toCsv(
  header: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
  locale: string,
): string {
  const comma = new Intl.NumberFormat(locale).format(1.5).includes(',')
  const cell = (value: string | number | null): string => {
    if (value === null) return ''
    if (typeof value === 'number') return comma ? String(value).replace('.', ',') : String(value)
    // a leading = + - @ would run as a formula (OWASP, CSV injection)
    const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
    return /[";,\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  return [header, ...rows].map((row) => row.map(cell).join(comma ? ';' : ',')).join('\r\n')
}
