import { spawn } from 'node:child_process'
import { closeSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { lastLines, openLog } from './logs.mjs'
import { Problem } from './packages.mjs'
import { root } from './paths.mjs'

const graceMs = 5000
const steadyMs = 30_000
const mostFailures = 8

/**
 * Keeps one child process running. The child says `{ type: 'ready', … }` or `{ type: 'failed', message }` over its
 * channel, and leaves by itself when the channel breaks, so that nothing is left behind if we are killed.
 * `command(again)` gives program, arguments and environment; `again` is true when it is started anew after it died.
 * Its output goes into the file `log`, or to our terminal if there is none.
 */
export function supervise({ name, command, log, endsWithCode0 = false, onReady, onEnd }) {
  const state = { child: undefined, stopping: false, failures: 0 }

  function startOnce(again) {
    const { program, args, env = process.env } = command(again)
    const output = log === undefined ? 'inherit' : openLog(log)
    const child = spawn(program, args, {
      cwd: root,
      env,
      stdio: ['ignore', output, output, 'ipc'],
      // Its own group: Ctrl+C in the terminal reaches only us, and we stop the children in good order.
      detached: process.platform !== 'win32',
      windowsHide: true,
    })
    if (typeof output === 'number') closeSync(output)
    state.child = child
    const startedAt = performance.now()
    return new Promise((resolve, reject) => {
      let ready = false
      let said
      child.once('error', (error) => reject(new Problem(`${name} cannot be started: ${error.message}`)))
      child.on('message', (message) => {
        if (message?.type === 'failed') said = String(message.message)
        if (message?.type !== 'ready' || ready) return
        ready = true
        resolve(message)
      })
      child.once('exit', (code, signal) => {
        state.child = undefined
        if (state.stopping) return
        const how = signal ?? `exit code ${code}`
        if (!ready) reject(new Problem(said ?? `${name} did not start (${how})${lastLines(log)}`))
        else if (endsWithCode0 && code === 0) onEnd(0)
        else {
          if (performance.now() - startedAt > steadyMs) state.failures = 0
          console.error(`${name} has died (${how}); starting it again${lastLines(log)}`)
          void startAgain()
        }
      })
    })
  }

  async function startAgain() {
    while (!state.stopping) {
      await wait(Math.min(10_000, 100 * 2 ** state.failures))
      if (state.stopping) return
      state.failures += 1
      try {
        onReady(await startOnce(true), true)
        return
      } catch (error) {
        if (state.stopping) return
        console.error(error.message)
        if (state.failures >= mostFailures) {
          console.error(`${name} does not start any more; giving up`)
          onEnd(1)
          return
        }
      }
    }
  }

  return {
    /** Resolves when it is ready the first time; rejects with Problem when it is not to be had. */
    async start() {
      onReady(await startOnce(false), false)
    },
    /** Asks it to leave, waits up to 5 s, then kills it. False when it had to be killed. */
    async stop() {
      state.stopping = true
      const { child } = state
      if (child === undefined) return true
      const gone = new Promise((resolve) => {
        child.once('exit', () => resolve(true))
      })
      if (process.platform !== 'win32') child.kill('SIGTERM')
      else if (child.connected) child.disconnect()
      const left = await Promise.race([gone, wait(graceMs, false)])
      if (!left) {
        child.kill('SIGKILL')
        await gone
      }
      return left
    },
  }
}
