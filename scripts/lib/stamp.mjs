import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { inRoot } from './paths.mjs'

const isTest = (name) => /\.(test|spec)\.tsx?$/.test(name)

function addTo(hash, path) {
  const found = statSync(inRoot(path), { throwIfNoEntry: false })
  if (found === undefined) return
  if (found.isDirectory()) {
    for (const name of readdirSync(inRoot(path)).toSorted()) if (!isTest(name)) addTo(hash, join(path, name))
  } else hash.update(`${path}\0${found.size}\0`).update(readFileSync(inRoot(path)))
}

/** A digest of the contents of these files and folders, tests left out. */
export function contentStamp(paths) {
  const hash = createHash('sha256')
  for (const path of paths) addTo(hash, path)
  return hash.digest('hex')
}

/** Runs `build` unless `output` was made from the same contents; the stamp is written when it has succeeded. */
export async function buildIfStale({ output, inputs, build }) {
  const stampFile = join(inRoot('dist', 'stamps'), output.replaceAll(/[\\/]/g, '-'))
  const stamp = contentStamp(inputs)
  if (existsSync(inRoot(output)) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp)
    return false
  await build()
  mkdirSync(dirname(stampFile), { recursive: true })
  writeFileSync(stampFile, stamp)
  return true
}
