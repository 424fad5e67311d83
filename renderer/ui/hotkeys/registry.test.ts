import { describe, expect, it } from 'vitest'
import { createRegistry, type Hotkey } from './registry.ts'

const hotkey = (id: string, more: Partial<Hotkey> = {}): Hotkey => ({
  id,
  label: id,
  keys: ['F2'],
  run: () => undefined,
  ...more,
})

describe('the list of what can be done by key', () => {
  it('follows the order in which places were taken, not the order in which they are filled', () => {
    const registry = createRegistry()
    const [page, panel] = [registry.place(), registry.place()]
    registry.put(panel, [hotkey('panel')])
    registry.put(page, [hotkey('page')])
    expect(registry.list().map(({ id }) => id)).toEqual(['page', 'panel'])
  })
  it('leaves out what is not possible now and what has been taken out', () => {
    const registry = createRegistry()
    const place = registry.place()
    registry.put(place, [hotkey('answer'), hotkey('hold', { isEnabled: false })])
    expect(registry.list().map(({ id }) => id)).toEqual(['answer'])
    registry.remove(place)
    expect(registry.list()).toEqual([])
  })
  it('tells its listeners only when something to be shown has changed', () => {
    const registry = createRegistry()
    const place = registry.place()
    let told = 0
    const stop = registry.subscribe(() => (told += 1))
    registry.put(place, [hotkey('answer')])
    const list = registry.list()
    registry.put(place, [hotkey('answer')])
    expect(told).toBe(1)
    expect(registry.list()).toBe(list)
    registry.put(place, [hotkey('answer', { label: 'Rispondi' })])
    expect(told).toBe(2)
    stop()
    registry.remove(place)
    expect(told).toBe(2)
  })
  it('runs the newest function even from an older list', () => {
    const registry = createRegistry()
    const place = registry.place()
    const ran: string[] = []
    registry.put(place, [hotkey('save', { run: () => ran.push('old') })])
    const list = registry.list()
    registry.put(place, [hotkey('save', { run: () => ran.push('new') })])
    list[0]?.run()
    expect(ran).toEqual(['new'])
  })
  it('shows the keys as they are remapped', () => {
    const registry = createRegistry()
    registry.put(registry.place(), [hotkey('answer')])
    registry.configure({ remap: { answer: ['f12'] }, singleKeys: true })
    expect(registry.list()[0]?.keys).toEqual(['F12'])
  })
})
