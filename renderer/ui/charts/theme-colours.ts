import { useSyncExternalStore } from 'react'
import type { StateTone } from '../tone.ts'

/** The tokens as a canvas needs them: light-dark() is resolved by asking the browser for a real colour. */
export function themeColours(host: HTMLElement) {
  const probe = document.createElement('span')
  host.append(probe)
  const resolve = (value: string) => {
    probe.style.color = value
    return getComputedStyle(probe).color
  }
  const tones: readonly StateTone[] = ['ready', 'ring', 'talk', 'hold', 'wrap', 'break', 'missed', 'off']
  const byTone = new Map(tones.map((tone) => [tone, resolve(`var(--${tone})`)]))
  const text = resolve('var(--text-3)')
  const surface = resolve('var(--surface)')
  const { fontFamily } = getComputedStyle(host)
  const small = 0.75 * Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
  probe.remove()
  return { of: (tone: StateTone) => byTone.get(tone) ?? text, text, surface, font: fontFamily, small }
}

const systemTheme = () => matchMedia('(prefers-color-scheme: dark)')

function onThemeChange(changed: () => void): () => void {
  const attribute = new MutationObserver(changed)
  attribute.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  const system = systemTheme()
  system.addEventListener('change', changed)
  return () => {
    attribute.disconnect()
    system.removeEventListener('change', changed)
  }
}

/** A text that changes with the theme, to draw canvases again. */
export const useThemeChange = (): string =>
  useSyncExternalStore(
    onThemeChange,
    () => `${document.documentElement.dataset['theme']} ${systemTheme().matches}`,
  )
