import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { inRoot } from './paths.mjs'

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** It must run, not only be there: Ubuntu's chromium-browser is a script that asks for a snap. */
const runs = (path) =>
  existsSync(path) &&
  (process.platform === 'win32' ||
    spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0)

async function playwrightsOwn() {
  const { chromium } = await import('@playwright/test')
  return chromium.executablePath()
}

async function find(env) {
  if (env.CHROMIUM_PATH) return runs(env.CHROMIUM_PATH) ? env.CHROMIUM_PATH : undefined
  return [...places, await playwrightsOwn()].find(runs)
}

const isDebian = () =>
  existsSync('/etc/os-release') &&
  /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'))

function install() {
  const quiet = { stdio: ['ignore', 'ignore', 'inherit'] }
  if (process.getuid?.() === 0 && isDebian()) {
    console.log('Installing Chromium with apt-get…')
    const options = { ...quiet, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
    const updated = spawnSync('apt-get', ['update', '-q'], options)
    const args = ['install', '-y', '-q', '--no-install-recommends', 'chromium']
    if (updated.status === 0 && spawnSync('apt-get', args, options).status === 0) return
  }
  console.log('Installing Chromium with Playwright…')
  const cli = inRoot('node_modules', '@playwright', 'test', 'cli.js')
  spawnSync(process.execPath, [cli, 'install', 'chromium'], { ...quiet, timeout: 600_000 })
}

/** The path of a Chromium that runs, installed if need be; undefined when there is none to be had. */
export async function ensureChromium(env) {
  const found = await find(env)
  if (found !== undefined || env.CHROMIUM_PATH) return found
  install()
  return find(env)
}
