/** Line numbers (from 1) of every value in a JSON text, by the path that `checkDocument` uses: `pages[0].elements[2].html`. */
export function linesOfPaths(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>()
  let at = 0
  let line = 1
  const step = () => {
    if (text[at] === '\n') line++
    at++
  }
  const skipBlanks = () => {
    while (at < text.length && /[\s,:]/.test(text[at] ?? '')) step()
  }
  const readString = (): string => {
    const start = at
    step()
    while (at < text.length && text[at] !== '"') {
      if (text[at] === '\\') step()
      step()
    }
    step()
    try {
      return JSON.parse(text.slice(start, at)) as string
    } catch {
      return ''
    }
  }
  const readValue = (path: string): void => {
    skipBlanks()
    lines.set(path, line)
    const first = text[at]
    if (first === '{') {
      step()
      for (skipBlanks(); at < text.length && text[at] !== '}'; skipBlanks()) {
        if (text[at] !== '"') return
        const key = readString()
        readValue(path === '' ? key : `${path}.${key}`)
      }
      step()
    } else if (first === '[') {
      step()
      let index = 0
      for (skipBlanks(); at < text.length && text[at] !== ']'; skipBlanks()) readValue(`${path}[${index++}]`)
      step()
    } else if (first === '"') readString()
    else while (at < text.length && !/[\s,\]}]/.test(text[at] ?? '')) step()
  }
  readValue('')
  return lines
}

/** The line of a path, or of its nearest part that is there: a missing property is shown where it is missing. */
export function lineOfPath(lines: ReadonlyMap<string, number>, path: string): number {
  for (let part = path; ; part = part.replace(/(?:^|\.)[^.[\]]+$|\[\d+\]$/, '')) {
    const line = lines.get(part)
    if (line !== undefined) return line
    if (part === '') return 1
  }
}

/** Where JSON.parse stumbled: V8 says it in its message. */
export function lineOfSyntaxError(error: unknown, text: string): number {
  const message = error instanceof Error ? error.message : ''
  const line = /line (\d+)/.exec(message)?.[1]
  if (line !== undefined) return Number(line)
  const position = /position (\d+)/.exec(message)?.[1]
  return position === undefined ? text.split('\n').length : text.slice(0, Number(position)).split('\n').length
}
