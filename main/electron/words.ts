/** The few words of the shell itself; those of the page are in resources/translations. */
export interface ShellWords {
  open: string
  quit: string
  edit: string
  view: string
  file: string
}

const words: Record<'it' | 'en', ShellWords> = {
  it: { open: 'Apri Cuffia', quit: 'Esci', edit: 'Modifica', view: 'Visualizza', file: 'File' },
  en: { open: 'Open Cuffia', quit: 'Quit', edit: 'Edit', view: 'View', file: 'File' },
}

/** English for everyone but Italian systems; `locale` like `it-IT`. */
export const shellWords = (locale: string): ShellWords => (/^it\b/i.test(locale) ? words.it : words.en)
