// Makes what real calls need on this machine, Asterisk and SIPp, where it is missing. Needs none of the packages.
import { runMain } from '../node24.mjs'
import { ensureSipp } from './callers.mjs'
import { ensureAsterisk } from './tree.mjs'

await runMain(() => {
  ensureAsterisk()
  ensureSipp(console.log)
  return 0
})
