/**
 * The draft of one screen: what is changed in its record, and in the workers it adds or removes, until it is saved as
 * one. Kept on the device between visits; what it would do and whether it would be refused follow by themselves.
 */
import { type Accessor, batch, createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js'
import { decide } from '../../../../core/access/decide.ts'
import { allowed } from '../../../../core/access/decisions.ts'
import type { Decision } from '../../../../core/access/types.ts'
import type { FieldValue, RecordKey, Row } from '../../../../core/records/kind-spec.ts'
import { recordKey } from '../../../../core/records/kind-spec.ts'
import { kindSpecs } from '../../../../core/records/registry.ts'
import { type DryRun, dryRun } from '../../../../core/access/dry-run.ts'
import { t } from '../../../app/i18n.ts'
import { showToast } from '../../../components/toasts.ts'
import type { SavedEdit, SettingsData } from '../settings-data.ts'
import { changesOf, emptyOverlay, fieldsOf, type Overlay, reverseOf, withOverlay } from './overlay.ts'

/** One record, as it is stored on this device, with what is changed in it. */
export interface ProposedEdit {
  readonly row: Row
  readonly overlay: Overlay
}

export interface Progress {
  readonly done: number
  readonly total: number
}

type Overlays = Readonly<Record<string, Overlay>>

export interface Proposal {
  /** A record as it would be; undefined where it is not on this device. */
  readonly rowOf: (key: RecordKey) => Row | undefined
  readonly set: (key: RecordKey, field: string, value: FieldValue) => void
  /** The same for many records at once: each takes its overlay over what it already has. */
  readonly setMany: (overlays: ReadonlyMap<RecordKey, Overlay>) => void
  /** Takes records out of the change. */
  readonly leaveOut: (keys: Iterable<RecordKey>) => void
  /** Records with at least one real change. */
  readonly edits: Accessor<readonly ProposedEdit[]>
  /** Field keys that change, over all records. */
  readonly count: Accessor<number>
  /** The directory as it would be, and who gains or loses what; null while nothing is changed. */
  readonly dryRun: Accessor<DryRun | null>
  /** The field or hard rule that would refuse it; allowed when none would. */
  readonly decision: Accessor<Decision>
  /** It was begun on an earlier visit. */
  readonly restored: Accessor<boolean>
  readonly cancel: () => void
  /** Records saved and to be saved, while it is saved; else null. */
  readonly progress: Accessor<Progress | null>
  /** Resolves with a sentence when it was not saved; what was saved before that is no change any more. */
  readonly save: () => Promise<string | undefined>
}

/** Between the last change and the draft on disk. */
const DRAFT_DELAY_MS = 250

/** Many at once are worth a longer look before Undo goes. */
const UNDO_MANY_MS = 12_000

/** `source` is null where nothing is kept: what is chosen with two presses is not worth finding again. */
export function createProposal(data: SettingsData, source: Accessor<string | null>): Proposal {
  // The same key while the row under it changes: a draft is not read anew over what was pressed since.
  const draftKey = createMemo(source)
  const [overlays, setOverlays] = createSignal<Overlays>({})
  const [restored, setRestored] = createSignal(false)
  const [progress, setProgress] = createSignal<Progress | null>(null)
  const isSaving = createMemo(() => progress() !== null)
  const stored = (key: string) => data.rowByKey().get(key as RecordKey)

  // While it is saved it stays what it was: rows change underneath, and each would be worked out anew.
  const edits = createMemo<readonly ProposedEdit[]>(
    (before) =>
      isSaving()
        ? before
        : Object.entries(overlays()).flatMap(([key, overlay]): ProposedEdit[] => {
            const row = stored(key)
            return row === undefined || changesOf(row, overlay).length === 0 ? [] : [{ row, overlay }]
          }),
    [],
  )
  const count = createMemo(() =>
    edits().reduce((sum, { row, overlay }) => sum + changesOf(row, overlay).length, 0),
  )
  const run = createMemo<DryRun | null>(
    (before) =>
      isSaving()
        ? before
        : edits().length === 0
          ? null
          : dryRun(data.directory(), data.principal(), edits().map(asProposed), data.now()),
    null,
  )
  const decision = createMemo(() => decideFields(data, edits()) ?? run()?.decision ?? nothingToRefuse)

  let timer: ReturnType<typeof setTimeout> | undefined
  const keep = (key: string | null) => {
    clearTimeout(timer)
    timer = undefined
    if (key === null) return
    void data.drafts.write(key, Object.keys(overlays()).length === 0 ? null : overlays())
  }
  const update = (next: Overlays) => {
    setOverlays(next)
    const key = draftKey()
    clearTimeout(timer)
    timer = setTimeout(() => keep(key), DRAFT_DELAY_MS)
  }
  const clear = () => {
    setRestored(false)
    setOverlays({})
    keep(draftKey())
  }
  createEffect(
    on(draftKey, (key) => {
      setOverlays({})
      setRestored(false)
      if (key === null) return
      void data.drafts.read(key).then((draft) => {
        // What was pressed while the draft was being read is newer than it.
        if (draft === null || draftKey() !== key || Object.keys(overlays()).length > 0) return
        setOverlays(draft as Overlays)
        setRestored(true)
      })
    }),
  )
  // Before the key changes and at the end: the draft of the screen that is left is written at once.
  createEffect(
    on(draftKey, (key) =>
      onCleanup(() => {
        if (timer !== undefined) keep(key)
      }),
    ),
  )

  const set = (key: RecordKey, field: string, value: FieldValue) =>
    setMany(new Map([[key, { [field]: value }]]))
  const setMany = (more: ReadonlyMap<RecordKey, Overlay>) => {
    const next: Record<string, Overlay> = { ...overlays() }
    for (const [key, added] of more) {
      const overlay = { ...(next[key] ?? emptyOverlay), ...added }
      const row = stored(key)
      // Back to what is stored: no change, and nothing to keep a draft for.
      if (row !== undefined && changesOf(row, overlay).length === 0) delete next[key]
      else next[key] = overlay
    }
    update(next)
  }
  const leaveOut = (keys: Iterable<RecordKey>) => {
    const next: Record<string, Overlay> = { ...overlays() }
    for (const key of keys) delete next[key]
    update(next)
  }
  const save = async (): Promise<string | undefined> => {
    const saving = edits()
    const total = saving.length
    setProgress({ done: 0, total })
    const sentence = await data
      .save(saving.map(asSaved), (done) => setProgress({ done, total }))
      .catch(() => t('record.failed'))
    batch(() => {
      if (sentence === undefined) clear()
      setProgress(null)
    })
    if (sentence !== undefined) return sentence
    const reverse = saving.map(({ row, overlay }) => [keyOf(row), reverseOf(row, overlay)] as const)
    showToast(t('settings.saved'), {
      action: { label: t('common.undo'), onPress: () => void undo(reverse) },
      ...(total > 1 && { durationMs: UNDO_MANY_MS }),
    })
    return undefined
  }
  const undo = async (reverse: readonly (readonly [RecordKey, Overlay])[]) => {
    const back = reverse.flatMap(([key, overlay]) => {
      const row = stored(key)
      return row === undefined ? [] : [asSaved({ row, overlay })]
    })
    const sentence = await data.save(back)
    showToast(sentence ?? t('settings.undone'), sentence === undefined ? {} : { tone: 'denied' })
  }

  return {
    rowOf: (key) => {
      const row = stored(key)
      const overlay = overlays()[key]
      return row === undefined || overlay === undefined ? row : withOverlay(kindSpecs[row.kind], row, overlay)
    },
    set,
    setMany,
    leaveOut,
    edits,
    count,
    dryRun: run,
    decision,
    restored,
    progress,
    cancel: clear,
    save,
  }
}

const nothingToRefuse = allowed([{ code: 'everyone', rule: 'S8' }])

/** The first field that the reader may not write; null where there is none. */
export function decideFields(
  data: Pick<SettingsData, 'principal'>,
  edits: readonly ProposedEdit[],
): Decision | null {
  for (const { row, overlay } of edits) {
    for (const { field } of changesOf(row, overlay)) {
      const decision = decide(data.principal(), 'edit', { kind: row.kind, id: row.id, row }, field)
      if (decision.outcome === 'denied') return decision
    }
  }
  return null
}

export function asProposed({ row, overlay }: ProposedEdit) {
  return {
    row: withOverlay(kindSpecs[row.kind], row, overlay),
    fields: changesOf(row, overlay).map(({ field }) => field),
  }
}

function asSaved({ row, overlay }: ProposedEdit): SavedEdit {
  return {
    kind: row.kind,
    id: row.id,
    fields: fieldsOf(kindSpecs[row.kind], row, overlay),
  }
}

function keyOf(row: Row): RecordKey {
  return recordKey(row.kind, row.id)
}
