import type { Place } from './match.ts'

const owners = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]'
const text =
  'textarea, select, [contenteditable="true"], [role="textbox"], [role="combobox"], [role="searchbox"], [role="spinbutton"], ' +
  'input:not([type="radio"], [type="checkbox"], [type="button"], [type="file"], [type="submit"], [type="range"])'
const choice = 'input[type="radio"], input[type="checkbox"], input[type="range"]'
const button = 'button, a[href], summary, [role="button"], [role="tab"], [role="link"], [role="switch"]'

/** What the focused element does with keys by itself. */
export function placeOf(element: Element | null): Place {
  if (!element) return 'page'
  if (element.closest(owners) || element.getAttribute('aria-expanded') === 'true') return 'closed'
  if (element.matches(text)) return 'text'
  if (element.matches(choice)) return 'choice'
  return element.matches(button) ? 'button' : 'page'
}
