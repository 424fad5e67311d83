import type { Page } from '@playwright/test'

/** Counts what a pointer does on a page from now on: a cycle of the operator needs none. */
export async function watchPointer(page: Page): Promise<{ count(): Promise<number> }> {
  await page.evaluate(() => {
    const seen = { pointer: 0 }
    for (const type of ['pointerdown', 'mousedown', 'touchstart', 'wheel'])
      window.addEventListener(type, () => (seen.pointer += 1), { capture: true, passive: true })
    Object.assign(window, { seen })
  })
  return {
    count: () => page.evaluate(() => (window as unknown as { seen: { pointer: number } }).seen.pointer),
  }
}

/** What the console says against a page: errors, a broken content policy, a missing text. */
export function complaintsOf(page: Page): { also(other: Page): void; list(): string[] } {
  const complaints: string[] = []
  const also = (other: Page) => {
    other.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
    })
    other.on('pageerror', (error) => complaints.push(error.message))
  }
  also(page)
  return { also, list: () => complaints }
}
