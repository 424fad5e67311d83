import type { ReactNode } from 'react'
import { Card, CardHead } from '../../ui/card.tsx'

/** One part of the gallery. */
export function Part({
  title,
  children,
  isWide = true,
}: {
  title: string
  children: ReactNode
  isWide?: boolean
}) {
  return (
    <Card label={title}>
      <CardHead title={title} />
      <div
        className={
          isWide ? 'flex flex-col gap-4 p-4' : 'grid gap-x-6 gap-y-4 p-4 sm:grid-cols-2 lg:grid-cols-3'
        }
      >
        {children}
      </div>
    </Card>
  )
}

export function Line({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-3">{children}</div>
}
