/** Forms that are half filled in: on the device from the first keystrokes, so that no reload takes them away. */
import type { Replica } from './database.ts'

/** `key` names the form: `new-account`, `account/a1`. The value is whatever the form needs to open again. */
export async function saveDraft(db: Replica, key: string, value: unknown, now: number): Promise<void> {
  await db.drafts.put({ key, value, at: now })
}

export async function readDraft(db: Replica, key: string): Promise<unknown> {
  return (await db.drafts.get(key))?.value ?? null
}

/** Saved, or thrown away by the person. */
export async function dropDraft(db: Replica, key: string): Promise<void> {
  await db.drafts.delete(key)
}
