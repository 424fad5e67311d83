import { checkDocument } from '../../../../shared/domain/script/document.ts'
import type { ScriptView } from '../../../../shared/domain/script/pages.ts'
import type { ScriptDocument } from '../../../../shared/domain/script/types.ts'

let last: { text: string; document: ScriptDocument | null } | undefined

/**
 * The document of a campaign's script, or null where there is none that can be drawn. All records of a campaign carry
 * the same text, so it is read once; the very same object also keeps what is computed per document.
 */
export function scriptOf(text: string): ScriptDocument | null {
  if (last?.text !== text) last = { text, document: read(text) }
  return last.document
}

function read(text: string): ScriptDocument | null {
  try {
    const checked = checkDocument(JSON.parse(text))
    return checked.ok ? checked.document : null
  } catch {
    return null
  }
}

/** Where the operator is: the page of that name, or the first where the branch it was on has closed. */
export function pageIndex(view: ScriptView, name: string | null): number {
  const index = view.pages.findIndex((page) => page.name === name)
  return index === -1 ? 0 : index
}
