import { LoaderCircle } from 'lucide-react'
import { ProgressBar } from 'react-aria-components'
import { cx } from './cx.ts'
import { useWords } from './words.tsx'

/** Shows itself only after 300 ms: what answers sooner should not flicker. */
export function Spinner({
  label,
  className,
}: {
  label?: string | undefined
  className?: string | undefined
}) {
  const words = useWords()
  return (
    <ProgressBar
      isIndeterminate
      aria-label={label ?? words.inProgress}
      className={cx('appear-late inline-flex', className)}
    >
      <LoaderCircle className="spin size-4" aria-hidden />
    </ProgressBar>
  )
}
