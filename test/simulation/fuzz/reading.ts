/**
 * What a document holds, read from Yjs's own lists with nothing of core/documents: for each field every unit that was
 * ever there, in order, alive or deleted, and what a person sees.
 */
import * as Y from 'yjs'

export interface FieldReading {
  /** Ids in order, contiguous ones as one run: equal for equal lists, however Yjs has cut them. */
  readonly units: string
  /** JSON; undefined where unset. */
  readonly visible: string | undefined
}

export type Reading = ReadonlyMap<string, FieldReading>

export function readDocument(doc: Y.Doc): Reading {
  const fields = new Map<string, FieldReading>()
  for (const [root, type] of doc.share) {
    const isText = root.startsWith('text:')
    if (type._start !== null) {
      // Items without a key are content of a text; in the map they are hidden from every reader.
      fields.set(isText ? root : `${root}#list`, readList(chainFrom(type._start), isText))
    }
    for (const [key, last] of type._map) {
      fields.set(root === 'fields' ? key : `${root}#${key}`, readList(chainTo(last), false))
    }
  }
  return fields
}

/** Fields of which the two readings do not say the same, hidden content included. */
export function differing(one: Reading, other: Reading): string[] {
  const names = new Set([...one.keys(), ...other.keys()])
  return [...names].filter((name) => {
    const a = one.get(name)
    const b = other.get(name)
    return a?.units !== b?.units || a?.visible !== b?.visible
  })
}

function readList(items: readonly Y.Item[], isText: boolean): FieldReading {
  const runs: { client: number; from: number; to: number; deleted: boolean }[] = []
  const seen: unknown[] = []
  for (const [index, item] of items.entries()) {
    const { client, clock } = item.id
    const before = runs.at(-1)
    if (before?.client === client && before.to === clock && before.deleted === item.deleted)
      before.to += item.length
    else runs.push({ client, from: clock, to: clock + item.length, deleted: item.deleted })
    if (item.deleted) continue
    const wanted = isText ? Y.ContentString : Y.ContentAny
    if (!(item.content instanceof wanted)) throw new Error(`content of kind ${item.content.constructor.name}`)
    if (!isText && (index < items.length - 1 || item.length > 1))
      throw new Error('a value that no reader sees')
    seen.push(...item.content.getContent())
  }
  const units = runs.map(({ client, from, to, deleted }) => `${client}:${from}-${to}${deleted ? 'x' : ''}`)
  const visible = seen.length === 0 ? undefined : JSON.stringify(isText ? seen.join('') : seen.at(-1))
  return { units: units.join(' '), visible }
}

function chainFrom(first: Y.Item): Y.Item[] {
  const items: Y.Item[] = []
  for (let item: Y.Item | null = first; item !== null; item = item.right) items.push(item)
  return items
}

function chainTo(last: Y.Item): Y.Item[] {
  const items: Y.Item[] = []
  for (let item: Y.Item | null = last; item !== null; item = item.left) items.push(item)
  return items.reverse()
}
