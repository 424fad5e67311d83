import type { ReactNode } from 'react'

/**
 * Contact, script, outcome beside each other; below 60 rem of room (200 % text on a small screen) one column in the
 * order script, outcome, contact. The size is counted in rem, so it follows the text.
 */
export function Zones(props: { contact: ReactNode; script: ReactNode; outcome: ReactNode }) {
  return (
    <div className="@container relative h-full p-2.5">
      <div className="grid gap-2.5 @min-[60rem]:h-full @min-[60rem]:grid-cols-[18.25rem_minmax(0,1fr)_17.25rem]">
        <div className="order-3 flex min-h-0 flex-col [&>*]:flex-1 @min-[60rem]:order-1">{props.contact}</div>
        <div className="order-1 flex min-h-0 flex-col [&>*]:flex-1 @min-[60rem]:order-2">{props.script}</div>
        <div className="order-2 flex min-h-0 flex-col gap-2.5 @min-[60rem]:order-3">{props.outcome}</div>
      </div>
    </div>
  )
}
