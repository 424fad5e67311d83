import type { Segment } from '../../../../shared/domain/script/merge.ts'

/** A text with what came from the record slightly marked. */
export function Merged({ segments }: { segments: readonly Segment[] }) {
  return segments.map((segment, index) =>
    segment.merged ? (
      <mark key={index} className="border-b-2 border-accent bg-transparent text-inherit">
        {segment.text}
      </mark>
    ) : (
      segment.text
    ),
  )
}

export const plain = (segments: readonly Segment[]): string => segments.map(({ text }) => text).join('')
