import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const root = resolve(import.meta.dirname, 'renderer')

/** The product's pages, or with `--mode gallery` the page that shows every component (it is not shipped). */
const pages = (mode: string) =>
  (mode === 'gallery' ? ['gallery.html'] : ['index.html', 'electron.html'])
    .map((name) => resolve(root, name))
    .filter((path) => existsSync(path))

export default defineConfig(({ mode }) => ({
  root,
  // relative, so that the same files serve a web server, a sub-path and Electron's own scheme
  base: './',
  plugins: [react(), tailwindcss()],
  build: {
    outDir: resolve(import.meta.dirname, mode === 'gallery' ? 'dist/gallery' : 'dist/renderer'),
    emptyOutDir: true,
    target: 'es2024',
    // light-dark() must reach the browser as written: tokens.css relies on it
    cssTarget: ['chrome130', 'firefox130', 'safari18.2'],
    // no data: addresses at all, so the page runs under `default-src 'self'`
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1700,
    rolldownOptions: {
      input: pages(mode),
      // one chunk, so that entry/no-eval.ts has run before the first schema is made, whatever chunk that lies in
      output: {
        codeSplitting: { groups: [{ name: 'zod', test: /node_modules[\\/]zod|entry[\\/]no-eval/ }] },
      },
    },
  },
}))
