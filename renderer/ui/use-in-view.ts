import { useLayoutEffect, type RefObject } from 'react'

const edge = 8

/** Lifts a panel that would reach below the window, over what it hangs from: at 200 % text a bar takes half of the page. */
export function useInView(panel: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = panel.current
    if (!element) return
    element.style.translate = ''
    const { top, bottom } = element.getBoundingClientRect()
    const over = Math.min(bottom - window.innerHeight + edge, top - edge)
    if (over > 0) element.style.translate = `0 ${-over}px`
  })
}
