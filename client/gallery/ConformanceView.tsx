/**
 * The product's own controls, one for each question that a test hands in: enabled, or locked with its sentence
 * (test/e2e/conformance.test.ts). The parts are those of the screens; only the data comes from outside.
 */
import { createMemo, createSignal, For, type JSX, Match, onCleanup, Show, Switch } from 'solid-js'
import { decideNewAccount } from '../../core/access/decide-create.ts'
import { makeDirectory } from '../../core/access/directory.ts'
import { dryRun } from '../../core/access/dry-run.ts'
import { catalogueFromSettings, groupFromRow, workerFromRow } from '../../core/access/from-rows.ts'
import { principalFromJson } from '../../core/access/principal.ts'
import type { Decision, Principal } from '../../core/access/types.ts'
import type { Kind, Row } from '../../core/records/kind-spec.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import { decisionFor } from '../access/decision.ts'
import { DeniedScreen, NotHere } from '../app/Fallbacks.tsx'
import { NavBar } from '../app/shell/NavBar.tsx'
import { workspaceLinks } from '../app/workspace-links.ts'
import { Button } from '../components/Button.tsx'
import { RecordField, type RecordForm } from '../workspaces/record/RecordField.tsx'
import { explanationOf, sentenceOf } from '../workspaces/record/why.ts'
import { SettingsContext, type SettingsData } from '../workspaces/settings/settings-data.ts'
import { SettingsNotice } from '../workspaces/settings/SettingsNotice.tsx'
import { EffectiveAccess } from '../workspaces/settings/workers/EffectiveAccess.tsx'

export interface ConformanceQuestions {
  readonly now: number
  /** Every worker, group and setting, as an administrator's device holds them. */
  readonly directory: readonly Row[]
  /** `principalToJson`, by worker. */
  readonly principals: Readonly<Record<string, unknown>>
  readonly controls: readonly ControlQuestion[]
  /** Workers whose features and workspaces are looked at. */
  readonly workers: readonly string[]
}

export interface ControlQuestion {
  readonly id: string
  readonly worker: string
  readonly action: 'view' | 'edit' | 'create'
  readonly kind: Kind
  /** Null where there is none; a new record has none yet. */
  readonly row: Row | null
  readonly account?: Row | null
  readonly field: string | null
  /** The row of a worker or group as it would be, and the keys that would be written. */
  readonly proposed: { readonly row: Row; readonly fields: readonly string[] } | null
}

export function ConformanceView(): JSX.Element {
  const [asked, setAsked] = createSignal<ConformanceQuestions>()
  const take = (event: Event) => setAsked((event as CustomEvent<ConformanceQuestions>).detail)
  window.addEventListener('gallery-conformance', take)
  onCleanup(() => window.removeEventListener('gallery-conformance', take))
  return (
    <Show when={asked()} keyed>
      {(questions) => <Questions questions={questions} />}
    </Show>
  )
}

function Questions(props: { readonly questions: ConformanceQuestions }): JSX.Element {
  const { directory: rows, now, principals, controls, workers } = props.questions
  const ofKind = (kind: Kind) => rows.filter((row) => row.kind === kind)
  const catalogue = catalogueFromSettings(ofKind('settings')[0] ?? null)
  const directory = makeDirectory(
    catalogue,
    ofKind('worker').map(workerFromRow),
    ofKind('group').map(groupFromRow),
    1,
  )
  const principalOf = (worker: string): Principal => {
    const principal = principalFromJson(principals[worker])
    if (principal === null) throw new Error(`no principal of ${worker}`)
    return principal
  }
  const settingsOf = (principal: Principal): SettingsData => ({
    workers: () => ofKind('worker'),
    groups: () => ofKind('group'),
    small: () => [],
    settings: () => null,
    rowByKey: () => new Map(),
    directory: () => directory,
    complete: () => true,
    principal: () => principal,
    now: () => now,
    markOf: () => undefined,
    save: () => Promise.resolve(undefined),
    drafts: { read: () => Promise.resolve(null), write: () => Promise.resolve() },
  })
  return (
    <>
      <For each={controls}>
        {(question) => (
          <section data-control={question.id}>
            <Control
              question={question}
              principal={principalOf(question.worker)}
              tryOut={(change) => dryRun(directory, principalOf(question.worker), [change], now).decision}
            />
          </section>
        )}
      </For>
      <For each={workers}>
        {(worker) => (
          <section data-worker={worker}>
            <NavBar workspaces={workspaceLinks(principalOf(worker), catalogue)} current={null} sync={null} />
            <SettingsContext.Provider value={settingsOf(principalOf(worker))}>
              <EffectiveAccess principal={principalOf(worker)} name={worker} />
            </SettingsContext.Provider>
          </section>
        )}
      </For>
    </>
  )
}

interface ControlProps {
  readonly question: ControlQuestion
  readonly principal: Principal
  readonly tryOut: (change: NonNullable<ControlQuestion['proposed']>) => Decision
}

/** As the screens do: who may not see it gets the whole screen's denial, or what is not there. */
function Control(props: ControlProps): JSX.Element {
  const { action, kind, row } = props.question
  const ofKind = decisionFor(props.principal, { action: 'view', kind })
  const view = decisionFor(props.principal, { ...target(props.question), action: 'view' })
  return (
    <Switch fallback={<RecordControl {...props} />}>
      <Match when={action === 'create'}>
        <ActionButton {...props} />
      </Match>
      <Match when={view.outcome === 'denied' && ofKind.outcome === 'denied'}>
        <DeniedScreen
          title={kindSpecs[kind].plural}
          sentence={sentenceOf(ofKind, { action: 'view', kind, whole: true })}
        />
      </Match>
      <Match when={view.outcome === 'denied' || row === null}>
        <NotHere />
      </Match>
    </Switch>
  )
}

function RecordControl(props: ControlProps): JSX.Element {
  const { kind, field, action, proposed } = props.question
  const plain = () => field ?? Object.keys(kindSpecs[kind].fields)[0] ?? ''
  const isField = () =>
    kindSpecs[kind].fields[plain()]?.type.type !== 'map' && Object.hasOwn(kindSpecs[kind].fields, plain())
  const form = createMemo(() => formOf(props))
  return (
    <Show when={isField() && proposed === null} fallback={<ActionButton {...props} />}>
      <Show when={action === 'edit' && form().decision.outcome === 'denied'}>
        <SettingsNotice
          explanation={explanationOf(form().decision, {
            action: 'edit',
            kind,
            title: form().title,
            reader: form().reader,
          })}
        >
          {form().title}
        </SettingsNotice>
      </Show>
      <Show when={action === 'edit'} fallback={<output>{form().title}</output>}>
        <RecordField form={form()} field={plain()} />
      </Show>
    </Show>
  )
}

/** What is saved or begun by a button: a new record, a group's entry, what is proposed for a worker. */
function ActionButton(props: ControlProps): JSX.Element {
  const { action, kind, row, field } = props.question
  const denied = () => {
    const decision = decisionOfButton(props)
    if (decision.outcome === 'allowed') return undefined
    const title = row === null ? undefined : kindSpecs[kind].title(row)
    return sentenceOf(decision, {
      action,
      kind,
      title,
      field: action === 'edit' ? (field ?? undefined) : undefined,
    })
  }
  return (
    <Button kind="primary" denied={denied()}>
      {kindSpecs[kind].label}
    </Button>
  )
}

function decisionOfButton({ question, principal, tryOut }: ControlProps): Decision {
  const { action, kind, field, proposed } = question
  if (action === 'create' && kind === 'account') return decideNewAccount(principal)
  const decisions =
    action === 'create'
      ? [decisionFor(principal, { action, kind })]
      : (proposed?.fields ?? [field ?? '']).map((key) =>
          decisionFor(principal, { ...target(question), action, field: key }),
        )
  if (proposed !== null && (kind === 'worker' || kind === 'group')) decisions.push(tryOut(proposed))
  return decisions.find(({ outcome }) => outcome === 'denied') ?? (decisions[0] as Decision)
}

function target({ kind, row, account }: ControlQuestion) {
  return { kind, row, ...(account !== undefined && { account }) }
}

function formOf({ question, principal }: ControlProps): RecordForm {
  const { kind, row } = question
  const of = (field?: string) =>
    decisionFor(principal, { ...target(question), action: 'edit', ...(field !== undefined && { field }) })
  return {
    kind,
    title: row === null ? '' : kindSpecs[kind].title(row),
    reader: principal.name,
    now: 0,
    valueOf: (field) => row?.[field],
    decision: of(),
    decisionOf: of,
    pendingOf: () => undefined,
    save: () => Promise.resolve(undefined),
    nameOf: () => undefined,
    optionsFor: () => [],
  }
}
