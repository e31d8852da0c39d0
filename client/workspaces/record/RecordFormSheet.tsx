/**
 * A form of several fields in a sheet: a new record, or one edited as a whole.
 *
 * What is half filled in is kept on this device (L8 does not hold for it: it says "draft", never "saved"), so closing
 * the sheet, a reload or a killed tab lose nothing. It goes when the form is saved or discarded.
 */
import { createEffect, createSignal, For, type JSX, on, Show } from 'solid-js'
import { createStore, reconcile, unwrap } from 'solid-js/store'
import type { Kind } from '../../../core/records/kind-spec.ts'
import { kindSpecs } from '../../../core/records/registry.ts'
import { validateValue } from '../../../core/records/validate.ts'
import { shownField } from '../../access/field-label.ts'
import { surroundings } from '../../access/surroundings.ts'
import { t } from '../../app/i18n.ts'
import { Banner } from '../../components/Banner.tsx'
import { Button } from '../../components/Button.tsx'
import type { PickOption } from '../../components/PickField.tsx'
import { Sheet } from '../../components/Sheet.tsx'
import type { Locked } from '../../components/types.ts'
import layout from '../../styles/layout.module.css'
import { holdUpdates } from '../../app/unsaved.ts'
import css from './RecordFormSheet.module.css'
import { FormField } from './FormField.tsx'

export type Values = Readonly<Record<string, unknown>>

export interface DraftStore {
  readonly read: (key: string) => Promise<Values | null>
  readonly write: (key: string, values: Values | null) => Promise<void>
}

export interface RecordFormSheetProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: string
  readonly lede?: string | undefined
  readonly kind: Kind
  /** In the order they are shown. */
  readonly fields: readonly string[]
  /** What the fields say before anything is typed. */
  readonly initial: Values
  /** Under which what is half filled in is kept. */
  readonly draftKey: string
  readonly drafts: DraftStore
  readonly hintOf?: ((field: string) => string | undefined) | undefined
  readonly lockOf?: ((field: string) => Locked | undefined) | undefined
  /** Further demands than each field's own: a sentence by field. */
  readonly check?: ((values: Values) => Readonly<Record<string, string>>) | undefined
  /** Why the form may not be saved at all. */
  readonly denied?: string | undefined
  /** Resolves with a sentence when it was not saved; closes the sheet when it was. */
  readonly onSave: (values: Values) => Promise<string | undefined>
  readonly nameOf: (kind: Kind, id: string) => string | undefined
  readonly optionsFor: (kind: Kind, query: string) => readonly PickOption[]
  /** What the form says now, from the first moment and after each change. */
  readonly onTyped?: ((values: Values) => void) | undefined
  /** Stands right below a field. */
  readonly below?: ((field: string) => JSX.Element) | undefined
  /** Above the fields. */
  readonly children?: JSX.Element
}

/** Between the last keystroke and the draft on disk. */
const DRAFT_DELAY_MS = 250

export function RecordFormSheet(props: RecordFormSheetProps): JSX.Element {
  const [values, setValues] = createStore<Record<string, unknown>>({})
  const [errors, setErrors] = createSignal<Readonly<Record<string, string>>>({})
  const [problem, setProblem] = createSignal<string>()
  const [restored, setRestored] = createSignal(false)
  const [saving, setSaving] = createSignal(false)
  const [changed, setChanged] = createSignal(false)
  holdUpdates(() => props.open && (changed() || restored()))
  let timer: ReturnType<typeof setTimeout> | undefined
  let form: HTMLFormElement | undefined

  createEffect(
    on(
      () => [props.open, props.draftKey] as const,
      ([open, key]) => {
        if (!open) return
        begin(props.initial)
        void props.drafts.read(key).then((draft) => {
          // Somebody who types at once keeps what they type.
          if (draft === null || props.draftKey !== key || changed()) return
          begin({ ...props.initial, ...draft })
          setRestored(true)
        })
      },
    ),
  )

  const begin = (next: Values) => {
    setValues(reconcile({ ...next }))
    setErrors({})
    setProblem(undefined)
    setRestored(false)
    setChanged(false)
    props.onTyped?.({ ...next })
  }

  const change = (field: string, value: unknown) => {
    setValues(field, value as never)
    props.onTyped?.({ ...unwrap(values) })
    setProblem(undefined)
    setChanged(true)
    if (errors()[field] !== undefined) {
      const { [field]: _, ...others } = errors()
      setErrors(others)
    }
    clearTimeout(timer)
    timer = setTimeout(() => void keepDraft(), DRAFT_DELAY_MS)
  }
  const keepDraft = () => {
    clearTimeout(timer)
    timer = undefined
    return props.drafts.write(props.draftKey, { ...unwrap(values) })
  }
  const dropDraft = () => {
    clearTimeout(timer)
    timer = undefined
    return props.drafts.write(props.draftKey, null)
  }

  const check = () => {
    const found: Record<string, string> = {}
    for (const name of props.fields) {
      const field = shownField(props.kind, name)
      if (field === undefined) continue
      const value = typeof values[name] === 'string' && values[name].trim() === '' ? null : values[name]
      const result = validateValue(field, value, surroundings().catalogue)
      if (!result.ok) found[name] = result.message
    }
    return { ...found, ...props.check?.(unwrap(values)) }
  }

  const submit = async () => {
    if (saving() || props.denied !== undefined) return
    const found = check()
    setErrors(found)
    if (Object.keys(found).length > 0) {
      queueMicrotask(() => form?.querySelector<HTMLElement>('[aria-invalid]')?.focus())
      return
    }
    setSaving(true)
    const sentence = await props.onSave({ ...unwrap(values) }).catch(() => t('record.failed'))
    setSaving(false)
    setProblem(sentence)
    if (sentence !== undefined) return
    await dropDraft()
    props.onClose()
  }

  const close = () => {
    if (timer !== undefined) void keepDraft()
    props.onClose()
  }
  const discard = () => {
    void dropDraft()
    props.onClose()
  }

  return (
    <Sheet
      open={props.open}
      onClose={close}
      title={props.title}
      lede={props.lede}
      placement="side"
      actions={
        <>
          <Button kind="primary" denied={props.denied} onClick={() => void submit()}>
            {t('record.save')}
          </Button>
          <Show when={restored()} fallback={<Button onClick={close}>{t('common.cancel')}</Button>}>
            <Button onClick={discard}>{t('record.discard')}</Button>
          </Show>
        </>
      }
    >
      <form
        ref={form}
        class={layout.stack}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
        onKeyDown={(event) => {
          const field = event.target as HTMLElement
          if (event.key === 'Enter' && field instanceof HTMLInputElement && !event.defaultPrevented) {
            event.preventDefault()
            void submit()
          }
        }}
      >
        {props.children}
        <Show when={problem()}>
          {(sentence) => (
            <div class={css.notice} role="alert">
              <Banner tone="denied">{sentence()}</Banner>
            </div>
          )}
        </Show>
        <Show when={restored()}>
          <div class={css.notice}>
            <Banner>{t('record.draftFound')}</Banner>
          </div>
        </Show>
        <For each={props.fields}>
          {(name) => {
            const spec = kindSpecs[props.kind].fields[name]
            return spec === undefined ? null : (
              <>
                <FormField
                  name={name}
                  spec={shownField(props.kind, name) ?? spec}
                  value={values[name]}
                  onChange={(value) => change(name, value)}
                  error={errors()[name]}
                  hint={props.hintOf?.(name)}
                  locked={props.lockOf?.(name)}
                  nameOf={props.nameOf}
                  optionsFor={props.optionsFor}
                />
                {props.below?.(name)}
              </>
            )
          }}
        </For>
      </form>
    </Sheet>
  )
}
