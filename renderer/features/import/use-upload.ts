import { useCallback, useEffect, useRef, useState } from 'react'
import type { ImportPreview } from '../../../shared/crm-api/imports.ts'
import type { AppError } from '../../../shared/std/errors.ts'
import { asAppError } from '../../client/crm.ts'
import { uploadImport, type Upload } from '../../client/files.ts'

export interface UploadState {
  file: File | null
  /** 0 to 1; null while nothing is on its way. */
  progress: number | null
  preview: ImportPreview | null
  error: AppError | null
  start: (file: File) => void
  cancel: () => void
  reset: () => void
}

export function useUpload(): UploadState {
  const [file, setFile] = useState<File | null>(null)
  const [progress, setProgress] = useState<number | null>(null)
  const [preview, setPreview] = useState<ImportPreview | null>(null)
  const [error, setError] = useState<AppError | null>(null)
  const current = useRef<Upload | null>(null)

  const forget = useCallback(() => {
    const upload = current.current
    current.current = null
    upload?.cancel()
    setProgress(null)
  }, [])
  useEffect(() => forget, [forget])

  const reset = useCallback(() => {
    forget()
    setFile(null)
    setPreview(null)
    setError(null)
  }, [forget])

  const start = useCallback(
    (chosen: File) => {
      reset()
      setFile(chosen)
      setProgress(0)
      const upload = uploadImport(chosen, setProgress)
      current.current = upload
      upload.done.then(
        (answer) => {
          if (current.current !== upload) return
          setProgress(null)
          setPreview(answer)
        },
        (refusal: unknown) => {
          if (current.current !== upload) return
          setProgress(null)
          setError(asAppError(refusal))
        },
      )
    },
    [reset],
  )
  return { file, progress, preview, error, start, cancel: reset, reset }
}
