import type { ElementView } from '../../../../shared/domain/script/pages.ts'

/** Letters that do something else on this page: dial pad, break, skip, time, undo. */
const taken = 'npstu'
const letters = [...'abcdefghijklmnopqrstuvwxyz'].filter((letter) => !taken.includes(letter))

export interface Lettered {
  letter: string
  /** name of the question or objection */
  element: string
  /** which choice of a question; null for an objection */
  choice: number | null
}

/** How many choices a question offers by letter. */
export function choicesOf(element: ElementView): number {
  if (element.kind !== 'question') return 0
  switch (element.type) {
    case 'radiogroup':
    case 'checkbox':
    case 'rating':
      return element.choices.length
    case 'boolean':
      return 2
    case 'text':
    case 'comment':
    case 'dropdown':
      return 0
  }
}

/** The letters of a script page run on from question to question, so that one key always means one thing. */
export function letterKeys(elements: readonly ElementView[]): readonly Lettered[] {
  const wanted = elements.flatMap((element): Omit<Lettered, 'letter'>[] => {
    if (element.kind === 'objection') return [{ element: element.name, choice: null }]
    return Array.from({ length: choicesOf(element) }, (_, choice) => ({ element: element.name, choice }))
  })
  return wanted.flatMap((place, index) => {
    const letter = letters[index]
    return letter === undefined ? [] : [{ ...place, letter }]
  })
}
