/** Questions that screens ask the server beside the link: what it alone knows, and what only it may do. */
import { preview } from '../preview/preview.ts'

/** Rejects without a network, and in a preview: what is looked at as somebody else is never asked or done as oneself. */
export function askServer(path: string, init: RequestInit = {}): Promise<Response> {
  if (preview() !== null) return Promise.reject(new TypeError('a preview asks no server'))
  return fetch(path, { credentials: 'same-origin', ...init })
}
