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
    if (!Object.hasOwn(values, name)) throw new Error(`the template asks for ${name}`)
    return String(values[name])
  })
}

/** Files that modules look for and that may be empty: a missing one is a warning in the log. */
const emptyFiles = [
  'acl', 'ccss', 'cli', 'cli_permissions', 'cli_aliases', 'codecs', 'dnsmgr', 'dsp', 'enum', 'extconfig', 'features',
  'geolocation', 'hep', 'pjproject', 'pjsip_notify', 'pjsip_wizard', 'udptl', 'websocket_client', 'amd', 'say',
] // prettier-ignore

/** The lines of modules.conf from the list of names, where `#` begins a comment. @param {string} list */
const moduleLines = (list) =>
  list
    .split('\n')
    .flatMap((line) => line.replace(/#.*/, '').trim().split(/\s+/))
    .filter(Boolean)
    .map((name) => `load = ${name}.so`)
    .join('\n')

/** What the templates of pjsip.conf are called. */
const phoneTemplates = { web: 'browser', desk: 'desk-phone' }

/** @param {Phone} phone */
const phoneAccount = ({ user, password, kind }) => `
[${user}](${phoneTemplates[kind]})
auth = ${user}
aors = ${user}

[${user}]
type = auth
auth_type = digest
username = ${user}
password = ${password}

[${user}]
type = aor
max_contacts = 1
remove_existing = yes
`

/** @typedef {{ user: string, password: string, kind: 'web' | 'desk' }} Phone an account written into the files */

/**
 * @typedef {object} Values
 * @property {string} folder the instance's own, absolute
 * @property {string} name shown in logs, and by ARI
 * @property {string} entityId six bytes in hex with colons
 * @property {string} moduleFolder
 * @property {string} moduleList see resources/pbx/modules.txt
 * @property {number} httpPort ARI and browsers
 * @property {number} sipPort UDP
 * @property {number} carrierPort where calls go out to, and come from
 * @property {number[]} callerPorts where else calls come from
 * @property {number} rtpStart
 * @property {number} rtpEnd
 * @property {string} ariUser
 * @property {string} ariPassword
 * @property {string} ariApp the name of our application
 * @property {Phone[]} phones
 */

/**
 * Every configuration file of one instance: name -> text.
 * @param {Values} values
 * @returns {Record<string, string>}
 */
export function configuration({ moduleList, phones, callerPorts, ...values }) {
  const all = {
    ...values,
    outside: [values.carrierPort, ...callerPorts].map((port) => `127.0.0.1:${port}`).join(','),
    modules: moduleLines(moduleList),
    phoneAccounts: phones.map(phoneAccount).join(''),
  }
  const files = Object.fromEntries(emptyFiles.map((name) => [`${name}.conf`, '']))
  for (const name of readdirSync(templates)) {
    files[name] = fill(readFileSync(join(templates, name), 'utf8'), all)
  }
  return files
}
