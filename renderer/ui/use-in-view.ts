import { useLayoutEffect, useRef, type RefObject } from 'react'

const edge = 8

/** For a panel: lifts it where it would reach below the window. At 200 % text the bar it hangs from takes half of the page. */
export function useInView(): RefObject<HTMLDivElement | null> {
  const panel = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = panel.current
    if (!element) return
    element.style.translate = ''
    const { top, bottom } = element.getBoundingClientRect()
    const over = Math.min(bottom - window.innerHeight + edge, top - edge)
    if (over > 0) element.style.translate = `0 ${-over}px`
  })
  return panel
}
