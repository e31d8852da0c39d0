/** A list of usernames that somebody pasted: whom it names, and what in it names nobody. */
import { foldValue } from '../../../../core/records/fold.ts'
import type { Row } from '../../../../core/records/kind-spec.ts'

export interface Pasted {
  readonly ids: readonly string[]
  /** As they were written, each once. */
  readonly unknown: readonly string[]
}

/** One a line, or with commas, semicolons or tabs between them; case does not matter. */
export function readUsernames(text: string, workers: readonly Row[]): Pasted {
  const idByUsername = new Map(workers.map(({ username, id }) => [foldValue(String(username ?? '')), id]))
  const ids = new Set<string>()
  const unknown = new Map<string, string>()
  for (const written of text.split(/[\n,;\t]+/).map((part) => part.trim())) {
    if (written === '') continue
    const id = idByUsername.get(foldValue(written))
    if (id === undefined) unknown.set(foldValue(written), written)
    else ids.add(id)
  }
  return { ids: [...ids], unknown: [...unknown.values()] }
}
