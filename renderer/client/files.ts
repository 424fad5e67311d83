import { filePaths } from '../../shared/contract/index.ts'
import type { ImportPreview } from '../../shared/crm-api/imports.ts'
import { AppError, isErrorCode, type ErrorCode } from '../../shared/std/errors.ts'

export interface Upload {
  done: Promise<ImportPreview>
  /** Rejects `done` with `disconnected`. */
  cancel: () => void
}

/**
 * Sends a file beside the RPC and says how it reads. `onProgress` gets the share sent, 0 to 1: only XMLHttpRequest tells
 * it (Fetch has no upload progress, https://fetch.spec.whatwg.org/#concept-request-body).
 */
export function uploadImport(file: File, onProgress: (share: number) => void): Upload {
  const request = new XMLHttpRequest()
  const done = new Promise<ImportPreview>((resolve, reject) => {
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      onProgress(total > 0 ? loaded / total : 0),
    )
    request.addEventListener('load', () => {
      const answer = parse(request.responseText)
      if (request.status >= 200 && request.status < 300 && answer) resolve(answer as ImportPreview)
      else reject(refusal(answer))
    })
    const broken = () => reject(new AppError('disconnected', 'the upload was cut off'))
    request.addEventListener('error', broken)
    request.addEventListener('abort', broken)
    request.open('POST', filePaths.uploadImport(file.name))
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.send(file)
  })
  return { done, cancel: () => request.abort() }
}

function parse(text: string): object | null {
  try {
    const answer: unknown = JSON.parse(text)
    return typeof answer === 'object' ? answer : null
  } catch {
    return null
  }
}

function refusal(answer: object | null): AppError {
  const error = (answer ?? {}) as {
    code?: unknown
    message?: unknown
    details?: unknown
    reference?: unknown
  }
  const code: ErrorCode = isErrorCode(error.code) ? error.code : 'internal'
  return new AppError(code, String(error.message ?? ''), {
    details: error.details,
    ...(typeof error.reference === 'string' && { reference: error.reference }),
  })
}

/** Where the sound of a recording comes from, in parts as it is asked for. */
export const recordingAudioUrl = (id: string, listening: string): string =>
  filePaths.recordingAudio(id, listening)

/** Where the rows that were not loaded are downloaded from, as a link's address. */
export const rejectedRowsUrl = (importId: string): string => filePaths.rejectedRows(importId)
