import { Upload } from 'lucide-react'
import { DropZone, FileTrigger, isFileDropItem } from 'react-aria-components'
import { Button } from './button.tsx'

export interface FileDropProps {
  /** "Trascina qui il file, oppure" */
  label: string
  /** what is accepted and how large it may be */
  hint?: string | undefined
  button: string
  /** media types or endings: "text/csv", ".xlsx" */
  accept: readonly string[]
  onFile: (file: File) => void
  isDisabled?: boolean | undefined
}

/** One file, dropped, pasted or chosen. */
export function FileDrop({ label, hint, button, accept, onFile, isDisabled = false }: FileDropProps) {
  return (
    <DropZone
      isDisabled={isDisabled}
      getDropOperation={() => 'copy'}
      onDrop={(event) => {
        const item = event.items.find(isFileDropItem)
        if (item) void item.getFile().then(onFile)
      }}
      aria-label={label}
      className="flex flex-col items-center gap-2 rounded-card border-2 border-dashed border-line-strong bg-surface-2 px-6 py-8 text-center data-drop-target:border-accent data-drop-target:bg-accent-weak"
    >
      <Upload className="size-6 text-ink-3" strokeWidth={1.7} aria-hidden />
      <p className="text-ink-2">{label}</p>
      <FileTrigger
        acceptedFileTypes={[...accept]}
        onSelect={(files) => {
          const file = files?.[0]
          if (file) onFile(file)
        }}
      >
        <Button isDisabled={isDisabled}>{button}</Button>
      </FileTrigger>
      {hint !== undefined && <p className="text-small text-ink-3">{hint}</p>}
    </DropZone>
  )
}
