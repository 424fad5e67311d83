import { useTranslation } from 'react-i18next'
import type { AppError } from '../../../shared/std/errors.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { Problem } from '../../ui/problem.tsx'
import { Progress } from '../../ui/progress.tsx'
import { useFormat } from '../../ui/use-format.ts'
import type { UploadState } from './use-upload.ts'

export function UploadCard({ upload }: { upload: UploadState }) {
  const { t } = useTranslation()
  const { bytes, percent } = useFormat()
  const { file, progress, error } = upload
  return (
    <Card label={t('imports.file')} className="flex flex-col gap-3 p-3.5">
      {error && <Refusal error={error} fileName={file?.name ?? ''} />}
      {file && progress !== null ? (
        <div className="flex flex-wrap items-end gap-4 p-2">
          <div className="min-w-60 flex-1">
            <Progress
              label={t('imports.uploading', { file: file.name })}
              // once all is sent, the server reads it and nobody knows how far it is
              value={progress < 1 ? progress : null}
              text={progress < 1 ? `${percent(progress, 0)} · ${bytes(file.size)}` : t('imports.reading')}
            />
          </div>
          <Button onPress={upload.cancel}>{t('common.cancel')}</Button>
        </div>
      ) : (
        <FileDrop
          label={t('imports.drop')}
          hint={t('imports.dropHint')}
          button={t('imports.choose')}
          accept={['.csv', '.txt', '.tsv', 'text/csv', 'text/plain', 'text/tab-separated-values']}
          onFile={upload.start}
        />
      )}
    </Card>
  )
}

/** A file that cannot be read: what it looks like, and how to make one that can. */
function Refusal({ error, fileName }: { error: AppError; fileName: string }) {
  const { t } = useTranslation()
  if (error.code !== 'file-unreadable') return <Problem error={error} />
  const kind = (error.details as { kind?: string } | undefined)?.kind ?? 'other'
  const text = (part: 'what' | 'do') =>
    t([`imports.unreadable.${kind}.${part}`, `imports.unreadable.other.${part}`], { file: fileName })
  return <Banner kind="error" title={text('what')} means={t('imports.nothingLoaded')} todo={text('do')} />
}
