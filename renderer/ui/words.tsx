import { createContext, use, type ReactNode } from 'react'

/** The few words that components need by themselves. Everything else they say comes in as props. */
export interface UiWords {
  close: string
  cancel: string
  clear: string
  required: string
  inProgress: string
  showTable: string
  hideTable: string
  exportCsv: string
  exportImage: string
  moreOptions: string
  noMatches: string
  increase: string
  decrease: string
  from: string
  to: string
  skipToContent: string
  navigation: string
  selectAll: string
  selectRow: string
  actions: string
  commandSearch: string
  shortcuts: string
  removeRow: string
  addRow: string
  timeInvalid: string
  undo: string
  series: string
  value: string
  time: string
  keys: Readonly<Record<string, string>>
}

const WordsContext = createContext<UiWords | null>(null)

export function WordsProvider({ words, children }: { words: UiWords; children: ReactNode }) {
  return <WordsContext value={words}>{children}</WordsContext>
}

export function useWords(): UiWords {
  const words = use(WordsContext)
  if (!words) throw new Error('WordsProvider is missing above this component')
  return words
}
