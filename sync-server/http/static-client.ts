/**
 * The built client. Files with a hash in their name are kept for ever; everything else is asked for again. Addresses of
 * screens answer with index.html, so that they can be shared (DESIGN 8, Screens).
 */
import { readFile } from 'node:fs/promises'
import { extname, join, resolve, sep } from 'node:path'
import { Hono } from 'hono'
import type { AppEnvironment } from './context.ts'
import { notFound } from './problem.ts'

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}

export function staticClient(clientDir: string): Hono<AppEnvironment> {
  const root = resolve(clientDir)
  const routes = new Hono<AppEnvironment>()

  routes.get('/*', async (context) => {
    const path = decodePath(new URL(context.req.url).pathname)
    if (path === null) return notFound(context)
    const extension = extname(path)
    const file = join(root, extension === '' ? 'index.html' : path)
    if (!file.startsWith(root + sep)) return notFound(context)
    const body = await readFile(file).catch(() => null)
    const type = contentTypes[extension === '' ? '.html' : extension]
    if (body === null || type === undefined) return notFound(context)
    const forEver = path.startsWith('/assets/')
    return context.body(body, 200, {
      'content-type': type,
      'cache-control': forEver ? 'public, max-age=31536000, immutable' : 'no-cache',
    })
  })

  return routes
}

function decodePath(pathname: string): string | null {
  try {
    const path = decodeURIComponent(pathname)
    return path.includes('\0') ? null : path
  } catch {
    return null
  }
}
