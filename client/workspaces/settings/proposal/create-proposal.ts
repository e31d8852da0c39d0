/**
 * The draft of one screen: what is changed in its record, and in the workers it adds or removes, until it is saved as
 * one. Kept on the device between visits; what it would do and whether it would be refused follow by themselves.
 */
import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js'
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

type Overlays = Readonly<Record<string, Overlay>>

export interface Proposal {
  /** A record as it would be; undefined where it is not on this device. */
  readonly rowOf: (key: RecordKey) => Row | undefined
  readonly set: (key: RecordKey, field: string, value: FieldValue) => void
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
  /** Resolves with a sentence when it was not saved. */
  readonly save: () => Promise<string | undefined>
}

/** Between the last change and the draft on disk. */
const DRAFT_DELAY_MS = 250

export function createProposal(data: SettingsData, source: Accessor<string>): Proposal {
  // The same key while the row under it changes: a draft is not read anew over what was pressed since.
  const draftKey = createMemo(source)
  const [overlays, setOverlays] = createSignal<Overlays>({})
  const [restored, setRestored] = createSignal(false)
  const stored = (key: string) => data.rowByKey().get(key as RecordKey)

  const edits = createMemo(() =>
    Object.entries(overlays()).flatMap(([key, overlay]): ProposedEdit[] => {
      const row = stored(key)
      return row === undefined || changesOf(row, overlay).length === 0 ? [] : [{ row, overlay }]
    }),
  )
  const count = createMemo(() =>
    edits().reduce((sum, { row, overlay }) => sum + changesOf(row, overlay).length, 0),
  )
  const run = createMemo(() =>
    edits().length === 0
      ? null
      : dryRun(data.directory(), data.principal(), edits().map(asProposed), data.now()),
  )
  const decision = createMemo(() => decideFields(data, edits()) ?? run()?.decision ?? nothingToRefuse)

  let timer: ReturnType<typeof setTimeout> | undefined
  const keep = (key: string) => {
    clearTimeout(timer)
    timer = undefined
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

  const set = (key: RecordKey, field: string, value: FieldValue) => {
    const overlay = { ...(overlays()[key] ?? emptyOverlay), [field]: value }
    const row = stored(key)
    const { [key]: _, ...rest } = overlays()
    // Back to what is stored: no change, and nothing to keep a draft for.
    update(row !== undefined && changesOf(row, overlay).length === 0 ? rest : { ...rest, [key]: overlay })
  }
  const save = async (): Promise<string | undefined> => {
    const saving = edits()
    const sentence = await data.save(saving.map(asSaved))
    if (sentence !== undefined) return sentence
    const reverse = saving.map(({ row, overlay }) => [keyOf(row), reverseOf(row, overlay)] as const)
    clear()
    showToast(t('settings.saved'), {
      action: { label: t('common.undo'), onPress: () => void undo(reverse) },
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
    edits,
    count,
    dryRun: run,
    decision,
    restored,
    cancel: clear,
    save,
  }
}

const nothingToRefuse = allowed([{ code: 'everyone', rule: 'S8' }])

/** The first field that the reader may not write; null where there is none. */
function decideFields(data: SettingsData, edits: readonly ProposedEdit[]): Decision | null {
  for (const { row, overlay } of edits) {
    for (const { field } of changesOf(row, overlay)) {
      const decision = decide(data.principal(), 'edit', { kind: row.kind, id: row.id, row }, field)
      if (decision.outcome === 'denied') return decision
    }
  }
  return null
}

function asProposed({ row, overlay }: ProposedEdit) {
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
