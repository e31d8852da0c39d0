/** The gallery of the client's parts (client/gallery.html), served by Vite as while developing; no server, no data. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import icons from 'unplugin-icons/vite'
import { createServer } from 'vite'
import solid from 'vite-plugin-solid'

export interface Gallery {
  /** Of the page; a query chooses the view. */
  readonly url: string
  close(): Promise<void>
}

export async function serveGallery(): Promise<Gallery> {
  const cacheDir = mkdtempSync(join(tmpdir(), 'ambit-gallery-'))
  const server = await createServer({
    configFile: false,
    root: fileURLToPath(new URL('../../../client', import.meta.url)),
    cacheDir,
    logLevel: 'error',
    // The dialog is loaded on first use; found late, it would make Vite reload the page under the test.
    optimizeDeps: { include: ['@kobalte/core/dialog'] },
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
    plugins: [solid({ hot: false }), icons({ compiler: 'solid', autoInstall: false })],
  })
  await server.listen()
  return {
    url: `${server.resolvedUrls?.local[0] ?? ''}gallery.html`,
    async close() {
      await server.close()
      rmSync(cacheDir, { recursive: true, force: true })
    },
  }
}
