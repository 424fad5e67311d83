import { createInstance, type i18n as I18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Texts } from '../../shared/text/catalogue.ts'
import type { Language } from '../../shared/text/keys.ts'

// one file per area and language; the file's name is the first part of the key
const files = import.meta.glob<Texts>('../../resources/translations/*/*.json', {
  eager: true,
  import: 'default',
})

function resources(): Record<string, { translation: Record<string, Texts> }> {
  const all: Record<string, { translation: Record<string, Texts> }> = {}
  for (const [path, texts] of Object.entries(files)) {
    const [language, file] = path.split('/').slice(-2)
    if (language === undefined || file === undefined) continue
    const found = (all[language] ??= { translation: {} })
    found.translation[file.replace('.json', '')] = texts
  }
  return all
}

/** Ready at once: the texts are part of the page, nothing is fetched. */
export function createI18n(language: Language): I18n {
  const i18n = createInstance()
  void i18n.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'it',
    resources: resources(),
    // React escapes by itself
    interpolation: { escapeValue: false },
    returnNull: false,
    initAsync: false,
  })
  return i18n
}
