import { resolve } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** `node_modules/.bin/vite tests/preview`: the page over a host in memory. Not part of the product. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react(), tailwindcss()],
  server: { host: '127.0.0.1', fs: { allow: [resolve(import.meta.dirname, '../..')] } },
  cacheDir: resolve(import.meta.dirname, '../../node_modules/.vite-preview'),
  build: {
    target: 'es2024',
    // as in the product's own build: light-dark() as written, no data: addresses
    cssTarget: ['chrome130', 'firefox130', 'safari18.2'],
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 3000,
    rolldownOptions: {
      // as in the product's own build: entry/no-eval.ts runs before the first schema is made
      output: {
        codeSplitting: { groups: [{ name: 'zod', test: /node_modules[\\/]zod|entry[\\/]no-eval/ }] },
      },
    },
  },
})
