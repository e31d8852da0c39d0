/**
 * One update of several clients taken apart into updates of one client each, in an order in which each finds what
 * it names (GATE 17). A stock client's sync step 2 holds the clientIDs of all its tabs and sessions.
 *
 * Where two clients build on each other in turn, each is cut into runs. Deletions stay with the structs where there is
 * one client only, so that one save stays one edit; else those of a client's new structs go with them, and all others
 * come last, on their own (D16).
 */
import type { DeleteRange, ParsedStruct, ParsedUpdate, StructId } from './types.ts'

type Group = ParsedUpdate['groups'][number]

export function splitByClient({ groups, deletes }: ParsedUpdate): ParsedUpdate[] {
  if (groups.length <= 1) return groups.length + deletes.length === 0 ? [] : [{ groups, deletes }]
  const updates: ParsedUpdate[] = runsInOrder(groups).map((run) => ({
    groups: [run],
    deletes: deletes.flatMap((range) => (range.client === run.client ? within(range, ...clocksOf(run)) : [])),
  }))
  const rest = deletes.flatMap((range) => {
    const group = groups.find((candidate) => candidate.client === range.client)
    if (group === undefined) return [range]
    const [begin, end] = clocksOf(group)
    return [...within(range, 0, begin), ...within(range, end, Number.MAX_SAFE_INTEGER)]
  })
  if (rest.length > 0) updates.push({ groups: [], deletes: rest })
  return updates
}

/** Runs of structs of one client, each after those that it names. What names itself in a circle comes last, uncut. */
function runsInOrder(groups: readonly Group[]): Group[] {
  const waiting = groups.map((group) => ({ group, next: 0 }))
  const begins = new Map(groups.map((group) => [group.client, group.clock]))
  const ends = new Map(groups.map((group) => [group.client, group.clock]))
  const isThere = (id: StructId | null) => {
    if (id === null) return true
    const begin = begins.get(id.client)
    return begin === undefined || id.clock < begin || id.clock < (ends.get(id.client) ?? 0)
  }
  const runs: Group[] = []
  for (let moved = true; moved; ) {
    moved = false
    for (const entry of waiting) {
      const { client, structs } = entry.group
      const first = entry.next
      for (; entry.next < structs.length; entry.next++) {
        const struct = structs[entry.next] as ParsedStruct
        if (struct.type === 'item' && !(isThere(struct.origin) && isThere(struct.rightOrigin))) break
        ends.set(client, struct.id.clock + struct.length)
      }
      if (entry.next === first) continue
      moved = true
      runs.push(runOf(entry.group, first, entry.next))
    }
  }
  for (const { group, next } of waiting) {
    if (next < group.structs.length) runs.push(runOf(group, next, group.structs.length))
  }
  return runs
}

function runOf(group: Group, from: number, to: number): Group {
  const structs = group.structs.slice(from, to)
  return { client: group.client, clock: structs[0]?.id.clock ?? group.clock, structs }
}

/** The first clock of a group, and the one after its last. */
function clocksOf({ clock, structs }: Group): [begin: number, end: number] {
  const last = structs.at(-1)
  return [clock, last === undefined ? clock : last.id.clock + last.length]
}

/** The part of a range from `begin` up to `end`, if any. A range may reach over several runs. */
function within({ client, clock, length }: DeleteRange, begin: number, end: number): DeleteRange[] {
  const from = Math.max(clock, begin)
  const to = Math.min(clock + length, end)
  return from < to ? [{ client, clock: from, length: to - from }] : []
}
