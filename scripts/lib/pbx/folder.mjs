import { createHash } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { inRoot } from '../paths.mjs'
import { music, silence, tone, writeUlaw } from './audio.mjs'
import { configuration } from './config.mjs'

const folders = ['etc', 'lib/keys', 'db', 'spool/recording', 'spool/tmp', 'run', 'log', 'cache', 'moh'] // prettier-ignore

/** Six bytes from the instance's name: Asterisk wants an id that looks like a hardware address. */
const entityId = (name) =>
  createHash('sha256').update(name).digest('hex').slice(0, 12).match(/../g)?.join(':') ?? ''

/** Sounds that our own tests and the dialplan play, `sound:beep` in ARI. */
const sounds = () => ({ beep: tone([1000], 0.2), silence: silence(1) })

/**
 * Fills the folder of one instance: configuration, music, sounds. Secrets are readable by its owner alone.
 * @param {string} folder
 * @param {import('./tree.mjs').Asterisk} asterisk
 * @param {Omit<import('./config.mjs').Values, 'folder' | 'entityId' | 'moduleFolder' | 'moduleList'>} values
 */
export function writeFolder(folder, asterisk, values) {
  for (const name of [...folders, 'data/sounds/en']) mkdirSync(join(folder, name), { recursive: true })
  // ARI reads the documentation of its own resources from here and does not start without.
  for (const name of ['documentation', 'rest-api']) {
    const own = join(folder, 'data', name)
    if (!existsSync(own)) symlinkSync(join(asterisk.dataFolder, name), own)
  }
  const moduleList = readFileSync(inRoot('resources', 'pbx', 'modules.txt'), 'utf8')
  const files = configuration({
    ...values,
    folder,
    entityId: entityId(values.name),
    moduleFolder: asterisk.moduleFolder,
    moduleList,
  })
  for (const [name, text] of Object.entries(files)) {
    const file = join(folder, 'etc', name)
    writeFileSync(file, text, { mode: 0o600 })
    chmodSync(file, 0o600)
  }
  writeUlaw(join(folder, 'moh', 'music.ulaw'), music(32))
  for (const [name, samples] of Object.entries(sounds())) {
    writeUlaw(join(folder, 'data', 'sounds', 'en', `${name}.ulaw`), samples)
  }
  for (const name of ['recording-notice-it.ulaw', 'recording-notice-en.ulaw']) {
    copyFileSync(inRoot('resources', 'sounds', name), join(folder, 'data', 'sounds', 'en', name))
  }
}
