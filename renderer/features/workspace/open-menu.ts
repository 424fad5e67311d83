/**
 * Opens the menu behind a button as its own key would, with the first choice focused. A plain click() counts as a
 * screen reader's press, after which react-aria leaves the focus on the list and Enter chooses nothing.
 */
export function openMenu(trigger: HTMLElement | null): void {
  trigger?.focus()
  trigger?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true }))
}

/** After a choice the focus goes back to the button, where Enter would open the menu again: the page has it instead. */
export function leaveTrigger(trigger: HTMLElement | null): void {
  requestAnimationFrame(() => requestAnimationFrame(() => trigger?.blur()))
}
