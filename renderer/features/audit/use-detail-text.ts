import { useTranslation } from 'react-i18next'
import { unreachable } from '../../../shared/std/never.ts'
import { useCrm } from '../../client/crm.ts'
import { useFormat } from '../../ui/use-format.ts'
import { detailsOf, type Entry, type Value } from './rules.ts'

const none = '–'

/** The details of an entry in one line, as somebody reads them: `Motivo: password sbagliata · Utente: Anna Russo`. */
export function useDetailText(): (entry: Entry) => string {
  const { t, i18n } = useTranslation()
  const { number, dateTime } = useFormat()
  const outcomes = useCrm('outcomes', (crm) => crm.outcomes.list({}))
  const labelOf = (code: string) => {
    const label = outcomes.value?.find((outcome) => outcome.code === code)?.label
    return label?.[i18n.language === 'en' ? 'en' : 'it'] ?? code
  }
  const textOf = (field: string, value: Value): string => {
    switch (value.kind) {
      case 'instant':
        return dateTime(value.at)
      case 'number':
        return number(value.number)
      case 'flag':
        return t(value.is ? 'audit.yes' : 'audit.no')
      case 'word': {
        const key = `audit.values.${field}.${value.word}`
        return i18n.exists(key) ? t(key) : value.word
      }
      case 'outcome':
        return labelOf(value.code)
      case 'text':
        return value.text
      case 'nothing':
        return none
      default:
        return unreachable(value)
    }
  }
  return (entry) =>
    detailsOf(entry)
      .map(({ field, isKnown, values }) => {
        const name = isKnown ? t(`audit.fields.${field}`) : field
        return `${name}: ${values.map((value) => textOf(field, value)).join(' → ')}`
      })
      .join(' · ') || none
}
