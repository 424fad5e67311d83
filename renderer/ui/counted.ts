/** A count for texts with plural forms: the figure that picks the form, and how it is written. */
export const counted = (count: number, number: (value: number) => string): { count: number; n: string } => ({
  count,
  n: number(count),
})
