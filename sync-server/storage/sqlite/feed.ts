/**
 * The feed: what changed in a stretch of the journal, as far as a reader reaches.
 *
 * Coming back costs the number of changes: a short stretch is read by number and compared with the reader's keys. A
 * long one, a first sync above all, is gathered once from the keys, so that a rep's eighty accounts are not looked for
 * among a million; the next pages find it remembered. The memory is a convenience: each record is read afresh.
 *
 * Records that one commit stamped with the same number are never divided between pages, so a page may be longer than
 * its limit: the reader goes on from a number and would miss the rest.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { Kind } from '../../../core/records/kind-spec.ts'
import type { Damage } from '../damage.ts'
import type { Departure, FeedQuery, Reach, Storage, StoredRecord } from '../storage.ts'
import { keysOf, type RecordLine, recordColumns, recordOf } from './records.ts'

/** Numbers in a stretch that is still read by number. */
const shortStretch = 2_000
/** Gathered stretches that are remembered, the latest. A first sync uses one a kind. */
const rememberedMax = 24

interface Place {
  readonly seq: number
  readonly rec: number
}

interface DepartureLine {
  readonly seq: number
  readonly key: string
  readonly kind: Kind
  readonly id: string
  readonly before: string | null
}

interface Stretch {
  readonly after: number
  readonly upTo: number
}

export function createFeed(
  db: DatabaseSync,
  damage: Damage,
): Pick<Storage, 'feed' | 'countFeed' | 'departuresSince'> {
  const placesOfKind = db.prepare(`
    SELECT seq, rec FROM records WHERE kind = :kind AND seq > :after AND seq <= :upTo ORDER BY seq, rec LIMIT :limit`)
  const placesAt = db.prepare(
    'SELECT seq, rec FROM records WHERE kind = ? AND seq = ? AND rec > ? ORDER BY rec',
  )
  const countOfKind = db.prepare(`
    SELECT count(*) AS n FROM records WHERE kind = :kind AND seq > :after AND seq <= :upTo`)
  const keysInStretch = db.prepare(`
    SELECT seq, rec, keys FROM records WHERE kind = :kind AND seq > :after AND seq <= :upTo ORDER BY seq, rec`)
  const gathered = db.prepare(`
    SELECT DISTINCT r.seq, r.rec
    FROM json_each(:keys) j
    CROSS JOIN record_keys k ON k.key = j.value AND k.kind = :kind
    CROSS JOIN records r ON r.rec = k.rec
    WHERE r.seq > :after AND r.seq <= :upTo ORDER BY r.seq, r.rec`)
  const lineOf = db.prepare(`SELECT ${recordColumns} FROM records r WHERE r.rec = ?`)
  const numberOf = db.prepare('SELECT seq FROM records WHERE rec = ?')
  const lastNumber = db.prepare('SELECT coalesce(max(seq), 0) AS seq FROM journal')
  const departuresUnder = db.prepare(`
    SELECT d.seq, d.key, d.kind, d.id, d.before FROM json_each(:keys) j
    CROSS JOIN departures d ON d.key = j.value AND d.seq > :after AND d.seq <= :upTo
    ORDER BY d.seq, d.key, d.kind, d.id`)
  const departuresOfAll = db.prepare(`
    SELECT seq, key, kind, id, before FROM departures WHERE seq > :after AND seq <= :upTo ORDER BY seq, key, kind, id`)

  const remembered = new Map<string, { readonly after: number; readonly places: readonly Place[] }>()

  function placesUnder(kind: Kind, keys: readonly string[], { after, upTo }: Stretch): readonly Place[] {
    if (keys.length === 0) return []
    const head = Number(lastNumber.get()?.['seq'])
    if (Math.min(upTo, head) - after <= shortStretch) {
      const held = new Set(keys)
      const lines = keysInStretch.all({ kind, after, upTo }) as unknown as (Place & { keys: string })[]
      return lines.filter((line) => keysOf(line)?.some((key) => held.has(key)))
    }
    const keysText = JSON.stringify(keys)
    const name = `${kind} ${upTo} ${keysText}`
    const known = remembered.get(name)
    if (known !== undefined && known.after <= after)
      return known.places.slice(firstAfter(known.places, after))
    const places = gathered.all({ kind, after, upTo, keys: keysText }) as unknown as Place[]
    // Beyond the head, later commits may still add to the stretch.
    if (upTo <= head) remember(name, { after, places })
    return places
  }

  function remember(
    name: string,
    stretch: { readonly after: number; readonly places: readonly Place[] },
  ): void {
    remembered.delete(name)
    remembered.set(name, stretch)
    const oldest = remembered.keys().next().value
    if (remembered.size > rememberedMax && oldest !== undefined) remembered.delete(oldest)
  }

  /** A record that changed since its place was remembered comes again, under its later number. */
  function stillThere({ seq, rec }: Place): boolean {
    return numberOf.get(rec)?.['seq'] === seq
  }

  /** The first places of a kind: at least `limit` where there are so many, complete up to the last one's number. */
  function firstPlaces(kind: Kind, reach: Reach, stretch: Stretch, limit: number): readonly Place[] {
    if (reach.type === 'keys')
      return untilNumberEnds(placesUnder(kind, reach.keys, stretch), limit, stillThere)
    const places = placesOfKind.all({ kind, ...stretch, limit }) as unknown as Place[]
    const last = places.at(-1)
    if (last === undefined || places.length < limit) return places
    return [...places, ...(placesAt.all(kind, last.seq, last.rec) as unknown as Place[])]
  }

  return {
    async feed({ reach, after, upTo, limit }: FeedQuery) {
      const records: StoredRecord[] = []
      // A page that is shorter than its limit is the last: what cannot be read may not make it one.
      for (let from = after; ; ) {
        const places = reaches(reach)
          .flatMap(([kind, ofKind]) => firstPlaces(kind, ofKind, { after: from, upTo }, limit))
          .sort((one, other) => one.seq - other.seq || one.rec - other.rec)
        const page = untilNumberEnds(places, limit)
        for (const { rec } of page)
          records.push(...[recordOf(lineOf.get(rec) as unknown as RecordLine, damage) ?? []].flat())
        const last = page.at(-1)
        if (last === undefined || page.length < limit || records.length >= limit) return records
        from = last.seq
      }
    },
    async countFeed({ reach, after, upTo }) {
      let count = 0
      for (const [kind, ofKind] of reaches(reach)) {
        count +=
          ofKind.type === 'everything'
            ? Number(countOfKind.get({ kind, after, upTo })?.['n'])
            : placesUnder(kind, ofKind.keys, { after, upTo }).filter(stillThere).length
      }
      return count
    },
    async departuresSince(after, upTo, reach) {
      const lines =
        reach.type === 'everything'
          ? departuresOfAll.all({ after, upTo })
          : departuresUnder.all({ after, upTo, keys: JSON.stringify(reach.keys) })
      return (lines as unknown as DepartureLine[]).map(({ seq, key, kind, id, before }) => ({
        seq,
        key,
        record: { kind, id },
        before: before === null ? null : (JSON.parse(before) as Departure['before']),
      }))
    },
  }
}

function reaches(reach: FeedQuery['reach']): readonly (readonly [Kind, Reach])[] {
  return Object.entries(reach) as unknown as readonly (readonly [Kind, Reach])[]
}

/** The first `limit` that are wanted, and those with the same number as the last of them. */
function untilNumberEnds(
  places: readonly Place[],
  limit: number,
  wanted: (place: Place) => boolean = () => true,
): readonly Place[] {
  const page: Place[] = []
  for (const place of places) {
    if (page.length >= limit && page.at(-1)?.seq !== place.seq) break
    if (wanted(place)) page.push(place)
  }
  return page
}

/** Where places with a number above `after` begin. */
function firstAfter(places: readonly Place[], after: number): number {
  let low = 0
  let high = places.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((places[middle]?.seq ?? 0) <= after) low = middle + 1
    else high = middle
  }
  return low
}
