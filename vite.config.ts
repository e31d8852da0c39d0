/**
 * How the client is built, served while developing, and how every test is run.
 *
 * Build: client/ to dist/client/, with the service worker's precache list written in at the end.
 * Tests: `unit` is quick and runs everywhere; `browser` drives a real Chromium against a real server;
 * `simulation` runs seeds for as long as it is told. `npm run check` runs the first, `npm test` the first two.
 */
import { fileURLToPath } from 'node:url'
import icons from 'unplugin-icons/vite'
import { VitePWA } from 'vite-plugin-pwa'
import solid from 'vite-plugin-solid'
import { defineConfig } from 'vitest/config'

const here = fileURLToPath(new URL('.', import.meta.url))
const server = `http://127.0.0.1:${process.env['PORT'] ?? 4000}`

/** Tests name their files from the repository's root; a build has the client as its root. */
const testing = process.env['VITEST'] !== undefined

/** Tests that start the product in processes of its own, or take in whole files of real data: minutes, not seconds. */
const outside = [
  'test/conformance/server.test.ts',
  'test/contract/section-8/**/*.test.ts',
  'test/sync-server/cli/**/*.test.ts',
  'test/sync-server/exchange/adventureworks.test.ts',
  'test/sync-server/faults/killed-server.test.ts',
  'test/sync-server/faults/sockets.test.ts',
]

export default defineConfig({
  root: testing ? here : `${here}client`,
  publicDir: `${here}client/public`,
  build: {
    outDir: `${here}dist/client`,
    emptyOutDir: true,
    target: ['es2022', 'safari17.4', 'chrome122', 'firefox124'],
    sourcemap: false,
    /** scripts/size.ts reads it to find what the first load is made of. */
    manifest: true,
    /** Fonts stay files, so that the service worker keeps them once and CSS stays small. */
    assetsInlineLimit: 2_048,
  },
  /** Modules, so that a worker may load parts of itself. */
  worker: { format: 'es' },
  server: {
    proxy: {
      '/api': server,
      '/rooms': { target: server.replace('http', 'ws'), ws: true },
    },
  },
  plugins: [
    solid(),
    icons({ compiler: 'solid', autoInstall: false }),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'service-worker',
      filename: 'service-worker.ts',
      registerType: 'prompt',
      /** The client registers the worker itself, when the first screen has been painted. */
      injectRegister: false,
      /** globPatterns name the icons already; twice in the list is an error in the worker. */
      includeManifestIcons: false,
      injectManifest: {
        globPatterns: ['**/*.{js,css,html,svg,png,woff2}'],
        /** Beyond this a file would be left out in silence, and the app would not start offline. */
        maximumFileSizeToCacheInBytes: 4 * 1024 * 1024,
      },
      manifest: {
        id: '/',
        name: 'Ambit',
        short_name: 'Ambit',
        description: 'What every worker may see and do, with and without a network.',
        lang: 'en',
        start_url: '/',
        scope: '/',
        display: 'standalone',
        theme_color: '#fbfaf7',
        background_color: '#fbfaf7',
        icons: [
          { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
          { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
    }),
  ],
  /** The Solid plugin has tests resolve as browsers do; the server's sockets are Node's all the same. */
  ...(testing && { resolve: { alias: { ws: `${here}node_modules/ws/wrapper.mjs` } } }),
  test: {
    /** Said outright: vite-plugin-solid would otherwise ask for jsdom. */
    environment: 'node',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          setupFiles: ['test/support/fast-check-seed.ts'],
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: ['test/e2e/**', 'test/simulation/**', 'test/bench/**', '**/node_modules/**', ...outside],
        },
      },
      {
        extends: true,
        test: {
          name: 'outside',
          environment: 'node',
          include: outside,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          environment: 'node',
          include: ['test/e2e/**/*.test.ts'],
          /** One story at a time: each has a server and a browser of its own. */
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'simulation',
          environment: 'node',
          include: ['test/simulation/**/*.test.ts'],
          testTimeout: 600_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
