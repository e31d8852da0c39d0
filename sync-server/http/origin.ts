/**
 * Cross-site requests (L15). A state-changing call or a socket with a foreign Origin is refused, even with a valid cookie.
 *
 * Ours is the origin whose host is the one the request was sent to. `Origin: null` is foreign: sandboxed frames send it.
 */
import type { IncomingHttpHeaders } from 'node:http'
import type { Caller } from './session-types.ts'

export type OriginSort = 'own' | 'foreign' | 'absent'

export function sortOfOrigin(headers: IncomingHttpHeaders): OriginSort {
  const site = headers['sec-fetch-site']
  if (site === 'cross-site' || site === 'same-site') return 'foreign'
  const { origin, host } = headers
  if (origin === undefined) return 'absent'
  if (!URL.canParse(origin) || host === undefined) return 'foreign'
  return new URL(origin).host === host.toLowerCase() ? 'own' : 'foreign'
}

/** For a socket: browsers always send Origin, so its absence needs a secret that no browser adds by itself. */
export function isOwnSocketOrigin(caller: Caller): boolean {
  const sort = sortOfOrigin(caller.headers)
  if (sort !== 'absent') return sort === 'own'
  return (
    caller.headers.authorization !== undefined || new URL(caller.url, 'ws://local').searchParams.has('ticket')
  )
}
