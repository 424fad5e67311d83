export type Theme = 'light' | 'dark' | 'auto'

/** `auto` follows the system, also while the page is open. */
export function applyTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme
}
