/**
 * Marks the first moment at which what was just rendered is on the screen: the second animation frame begins after the
 * first has been painted. Returns the function that gives up.
 */
export function markPainted(
  name: 'cuffia:offer-painted' | 'cuffia:saved-painted',
  attempt: string,
): () => void {
  let frame = requestAnimationFrame(() => {
    frame = requestAnimationFrame(() => performance.mark(name, { detail: attempt }))
  })
  return () => cancelAnimationFrame(frame)
}
