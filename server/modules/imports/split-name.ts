/** Words that begin an Italian surname of several words. */
const particles =
  /^(?:de|di|d|d'|da|dal|dalla|dalle|dall|del|della|delle|dello|degli|dei|la|lo|li|le|san|santa)$/i

/**
 * A person's name in one cell. `first` says what comes first in it, first or last name; a comma settles it. What cannot
 * be told apart ("Maria Rosa Bianca") is split so that the surname is one word, or begins at its particle.
 */
export function splitName(text: string, first: 'first' | 'last'): { firstName: string; lastName: string } {
  const [beforeComma = '', afterComma] = text.split(',').map((part) => part.trim())
  if (afterComma) return { lastName: beforeComma, firstName: afterComma }
  const words = beforeComma.split(' ').filter((word) => word !== '')
  if (words.length < 2) return { lastName: beforeComma, firstName: '' }
  const join = (from: number, to?: number) => words.slice(from, to).join(' ')
  if (first === 'last') {
    const length = particles.test(words[0] ?? '') && words.length > 2 ? 2 : 1
    return { lastName: join(0, length), firstName: join(length) }
  }
  const particle = words.findIndex((word, index) => index > 0 && particles.test(word))
  const start = particle > 0 && particle < words.length - 1 ? particle : words.length - 1
  return { firstName: join(0, start), lastName: join(start) }
}
