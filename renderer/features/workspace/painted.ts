/**
 * Marks the moment at which what was just rendered has been painted. To be called in a layout effect, that is before the
 * frame that paints it (an ordinary effect runs behind it and would add a whole frame): a task posted from an animation frame runs after
 * that frame's rendering (HTML standard, "update the rendering"); a second frame would add its whole 16 ms. Returns the
 * function that gives up.
 */
export function markPainted(
  name: 'cuffia:offer-painted' | 'cuffia:saved-painted',
  attempt: string,
): () => void {
  const afterPaint = new MessageChannel()
  afterPaint.port1.addEventListener('message', () => {
    performance.mark(name, { detail: attempt })
    afterPaint.port1.close()
  })
  afterPaint.port1.start()
  const frame = requestAnimationFrame(() => afterPaint.port2.postMessage(null))
  return () => {
    cancelAnimationFrame(frame)
    afterPaint.port1.close()
  }
}
