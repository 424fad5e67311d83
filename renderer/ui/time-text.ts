/** What people type for a time of day: 9, 930, 9:30, 9.30, 09:30. Returns HH:MM, or null if it is none. */
export function parseTime(text: string): string | null {
  const parts = /^(\d{1,2})(?:[:.,h ]?(\d{2}))?$/.exec(text.trim())
  if (!parts) return null
  const hours = Number(parts[1])
  const minutes = Number(parts[2] ?? 0)
  const isEndOfDay = hours === 24 && minutes === 0
  if ((hours > 23 && !isEndOfDay) || minutes > 59) return null
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`
}
