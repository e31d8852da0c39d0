/**
 * Who may be concerned by a commit: links by key, and links that reach a whole kind. The same keys as in the tables,
 * so that a commit costs the links it concerns and not all that there are.
 */
import { type Kind, kinds } from '../../core/records/kind-spec.ts'
import type { ReachByKind } from './reach.ts'

export interface Audience<Link> {
  /** Files the link under this reach, in place of the one before. */
  set(link: Link, reach: ReachByKind): void
  remove(link: Link): void
  /** Links that reach the record by one of these keys. */
  of(kind: Kind, keys: Iterable<string>): ReadonlySet<Link>
}

export function createAudience<Link>(): Audience<Link> {
  const reachByLink = new Map<Link, ReachByKind>()
  const byKind = new Map<Kind, Set<Link>>(kinds.map((kind) => [kind, new Set()]))
  /** `kind key`: a kind holds no blank. */
  const byKey = new Map<string, Set<Link>>()

  function remove(link: Link): void {
    const reach = reachByLink.get(link)
    if (reach === undefined) return
    reachByLink.delete(link)
    for (const kind of kinds) {
      byKind.get(kind)?.delete(link)
      for (const key of keysOf(reach, kind)) {
        const links = byKey.get(`${kind} ${key}`)
        links?.delete(link)
        if (links?.size === 0) byKey.delete(`${kind} ${key}`)
      }
    }
  }

  return {
    set(link, reach) {
      remove(link)
      reachByLink.set(link, reach)
      for (const kind of kinds) {
        if (reach[kind]?.type === 'everything') byKind.get(kind)?.add(link)
        for (const key of keysOf(reach, kind)) {
          const links = byKey.get(`${kind} ${key}`)
          if (links === undefined) byKey.set(`${kind} ${key}`, new Set([link]))
          else links.add(link)
        }
      }
    },
    remove,
    of(kind, keys) {
      const links = new Set(byKind.get(kind))
      for (const key of keys) for (const link of byKey.get(`${kind} ${key}`) ?? []) links.add(link)
      return links
    },
  }
}

function keysOf(reach: ReachByKind, kind: Kind): readonly string[] {
  const one = reach[kind]
  return one?.type === 'keys' ? one.keys : []
}
