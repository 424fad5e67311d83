import { FileSpreadsheet } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FileFormat, ImportPreview } from '../../../shared/crm-api/imports.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Switch } from '../../ui/checkbox.tsx'
import { Tag } from '../../ui/chip.tsx'
import { Select } from '../../ui/select.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { useFormat } from '../../ui/use-format.ts'

const separators = { ';': 'semicolon', ',': 'comma', '\t': 'tab', '|': 'bar' } as const
const encodings = {
  'utf-8': 'UTF-8',
  'windows-1252': 'Windows-1252',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
} as const

/** The file and how it is read: detected, and changed here where the guess is wrong. */
export function FileCard({
  preview,
  isReading,
  onFormat,
  onAnother,
}: {
  preview: ImportPreview
  isReading: boolean
  onFormat: (format: FileFormat) => void
  onAnother: () => void
}) {
  const { t } = useTranslation()
  const { number, bytes } = useFormat()
  const [isOpen, setOpen] = useState(false)
  const panel = useId()
  const { format } = preview
  return (
    <Card label={t('imports.file')} className="flex flex-col gap-3 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <FileSpreadsheet className="size-4.5 shrink-0 text-accent" strokeWidth={1.9} aria-hidden />
        <b className="font-semibold break-all">{preview.fileName}</b>
        <span className="text-ink-2">
          {t('imports.rowCount', { count: preview.rowCount, n: number(preview.rowCount) })} ·{' '}
          {bytes(preview.bytes)}
        </span>
        <Tag>{t(`imports.separators.${separators[format.separator]}`)}</Tag>
        <Tag>{encodings[format.encoding]}</Tag>
        <Tag>{t(format.header ? 'imports.header' : 'imports.noHeader')}</Tag>
        <span className="flex-1">{isReading && <Spinner label={t('imports.reading')} />}</span>
        <Button aria-expanded={isOpen} aria-controls={panel} onPress={() => setOpen(!isOpen)}>
          {t('imports.changeFormat')}
        </Button>
        <Button onPress={onAnother}>{t('imports.another')}</Button>
      </div>
      <div id={panel} hidden={!isOpen} className="border-t border-line pt-3">
        {isOpen && (
          <div className="flex flex-wrap items-end gap-x-4 gap-y-3">
            <Select
              label={t('imports.separator')}
              className="w-56"
              options={Object.entries(separators).map(([id, name]) => ({
                id,
                label: t(`imports.separators.${name}`),
              }))}
              value={format.separator}
              onChange={(id) => onFormat({ ...format, separator: id as FileFormat['separator'] })}
            />
            <Select
              label={t('imports.encoding')}
              className="w-56"
              options={Object.entries(encodings).map(([id, label]) => ({ id, label }))}
              value={format.encoding}
              onChange={(id) => onFormat({ ...format, encoding: id as FileFormat['encoding'] })}
            />
            <div className="pb-2">
              <Switch isSelected={format.header} onChange={(header) => onFormat({ ...format, header })}>
                {t('imports.header')}
              </Switch>
            </div>
          </div>
        )}
      </div>
    </Card>
  )
}
