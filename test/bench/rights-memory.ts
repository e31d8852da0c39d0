/**
 * How much memory compiled workers take: the heap after collection, before and after, in a process that does nothing
 * else. `node --expose-gc test/bench/rights-memory.ts <workers>` prints one line of JSON.
 */
import { execFileSync } from 'node:child_process'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { makeDirectory } from '../../core/access/directory.ts'
import { groupWord } from '../../core/access/group-entries.ts'
import { compile } from '../../core/access/principal.ts'
import { shippedCatalogue } from '../../core/catalogue/features.ts'
import { makeGroups, makeWorkers } from './large-organisation.ts'

/** Bytes. */
export interface RightsMemory {
  /** What the groups say, resolved once for everybody. */
  readonly groups: number
  /** All principals, as compiled. */
  readonly principals: number
  /** What comes on top when every decision of every worker has been asked for, with its reasons. */
  readonly reasons: number
}

export function measureInChild(workers: number): RightsMemory {
  const file = fileURLToPath(import.meta.url)
  const output = execFileSync(process.execPath, ['--expose-gc', file, String(workers)], { encoding: 'utf8' })
  return JSON.parse(output) as RightsMemory
}

function measure(count: number): RightsMemory {
  const groups = makeGroups()
  const workers = makeWorkers(groups, count)
  const directory = makeDirectory(shippedCatalogue, workers, groups, 1)
  const empty = heapBytes()
  for (const id of directory.groups.keys()) groupWord(directory.groups, shippedCatalogue, id)
  const resolved = heapBytes()
  const principals = workers.map(({ id }) => compile(directory, id, 0))
  const compiled = heapBytes()
  const made = principals.reduce((sum, { rights }) => sum + [...rights.values()].length, 0)
  if (made !== count * shippedCatalogue.features.length) throw new Error('a decision is missing')
  return {
    groups: resolved - empty,
    principals: compiled - resolved,
    reasons: heapBytes() - compiled,
  }
}

function heapBytes(): number {
  for (let times = 0; times < 3; times++) globalThis.gc?.()
  return process.memoryUsage().heapUsed
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (globalThis.gc === undefined) throw new Error('run me with --expose-gc')
  console.log(JSON.stringify(measure(Number(process.argv[2]))))
}
