import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { inRoot } from '../paths.mjs'

const templates = inRoot('resources', 'pbx', 'templates')

/**
 * Fills `{{name}}` in a template; a name without a value is a mistake and throws.
 * @param {string} text
 * @param {Record<string, string | number>} values
 */
export function fill(text, values) {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_all, name) => {
    if (!(name in values)) throw new Error(`the template asks for ${name}`)
    return String(values[name])
  })
}

/** Files that modules look for and that may be empty: a missing one is a warning in the log. */
const emptyFiles = [
  'acl', 'ccss', 'cli', 'cli_permissions', 'cli_aliases', 'codecs', 'dnsmgr', 'dsp', 'enum', 'extconfig', 'features',
  'geolocation', 'hep', 'pjproject', 'pjsip_notify', 'pjsip_wizard', 'udptl', 'websocket_client', 'amd', 'say',
] // prettier-ignore

/**
 * Every configuration file of one instance: name -> text.
 * @param {Record<string, string | number>} values see resources/pbx/README.md
 * @returns {Record<string, string>}
 */
export function configuration(values) {
  const files = Object.fromEntries(emptyFiles.map((name) => [`${name}.conf`, '']))
  for (const name of readdirSync(templates)) {
    files[name] = fill(readFileSync(join(templates, name), 'utf8'), values)
  }
  return files
}
