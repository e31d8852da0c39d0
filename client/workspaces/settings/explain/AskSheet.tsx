/**
 * "May they …?": a worker, an action and a thing, answered on this device with the sentence, the way to what decides and
 * links along it. The same function decides as in the gate.
 */
import { createMemo, createSignal, type JSX, Show } from 'solid-js'
import type { Directory } from '../../../../core/access/types.ts'
import { recordKey } from '../../../../core/records/kind-spec.ts'
import { usePortal, useRecord } from '../../../app/context.tsx'
import { t } from '../../../app/i18n.ts'
import { PickField, type PickOption } from '../../../components/PickField.tsx'
import { SelectField } from '../../../components/SelectField.tsx'
import { Sheet } from '../../../components/Sheet.tsx'
import { Tag } from '../../../components/Tag.tsx'
import { WhyNot } from '../../../components/WhyNot.tsx'
import layout from '../../../styles/layout.module.css'
import { useLookups } from '../../record/lookups.ts'
import { type Asked, answerOf, questions, type QuestionId } from './answer.ts'

export interface AskSheetProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly directory: Directory
  /** Of the server's clock, as far as this device knows it. */
  readonly now: number
  /** Whom it is about first; another one may be chosen. */
  readonly workerId: string | null
  /** The account it is about first. */
  readonly accountId?: string | undefined
}

export function AskSheet(props: AskSheetProps): JSX.Element {
  return (
    <Sheet open={props.open} onClose={props.onClose} title={t('explain.askTitle')}>
      <Ask {...props} />
    </Sheet>
  )
}

function Ask(props: AskSheetProps): JSX.Element {
  const portal = usePortal()
  const [workerId, setWorkerId] = createSignal(props.workerId)
  const [question, setQuestion] = createSignal<QuestionId>(props.accountId === undefined ? 'feature' : 'view')
  const [accountId, setAccountId] = createSignal<string | null>(props.accountId ?? null)
  const [featureId, setFeatureId] = createSignal<string | null>(null)
  const lookups = useLookups(() => (accountId() === null ? [] : [recordKey('account', accountId() ?? '')]))
  const account = useRecord(() => {
    const id = accountId()
    return id === null ? null : { kind: 'account', id }
  })
  const workers = (query: string): readonly PickOption[] =>
    [...props.directory.workers.values()]
      .filter(({ name, username }) =>
        `${name} ${username}`.toLocaleLowerCase().includes(query.toLocaleLowerCase().trim()),
      )
      .sort((one, other) => one.name.localeCompare(other.name))
      .slice(0, OPTIONS_MAX)
      .map(({ id, name, username }) => ({ value: id, label: name, note: username }))
  const asked = createMemo((): Asked | null => {
    const who = workerId()
    if (who === null) return null
    if (question() === 'feature') {
      const feature = featureId()
      return feature === null ? null : { type: 'feature', workerId: who, featureId: feature }
    }
    const row = account()?.row
    return row === undefined
      ? null
      : { type: question() as Exclude<QuestionId, 'feature'>, workerId: who, row }
  })
  const answer = createMemo(() => {
    const one = asked()
    return one === null ? null : answerOf(one, props.directory, props.now, portal.principal()?.name)
  })
  return (
    <div class={layout.stack}>
      <PickField
        label={t('explain.worker')}
        required
        value={workerId()}
        shown={props.directory.workers.get(workerId() ?? '')?.name ?? ''}
        options={workers}
        onChange={setWorkerId}
      />
      <SelectField
        label={t('explain.question')}
        required
        value={question()}
        options={questions.map((id) => ({ value: id, label: t(`explain.questions.${id}`) }))}
        onChange={(id) => setQuestion((id ?? 'feature') as QuestionId)}
      />
      <Show
        when={question() === 'feature'}
        fallback={
          <PickField
            label={t('explain.account')}
            required
            value={accountId()}
            shown={lookups.nameOf('account', accountId() ?? '') ?? ''}
            options={(query) => lookups.optionsFor('account', query)}
            onChange={setAccountId}
          />
        }
      >
        <PickField
          label={t('explain.feature')}
          required
          value={featureId()}
          shown={props.directory.catalogue.featureById.get(featureId() ?? '')?.label ?? ''}
          options={(query) =>
            props.directory.catalogue.features
              .filter(({ id, label }) =>
                `${label} ${id}`.toLocaleLowerCase().includes(query.toLocaleLowerCase().trim()),
              )
              .map(({ id, label }) => ({ value: id, label, note: id }))
          }
          onChange={setFeatureId}
        />
      </Show>
      <div aria-live="polite">
        <Show when={answer()} fallback={<p class={layout.quiet}>{t('explain.chooseAll')}</p>}>
          {(told) => (
            <div class={layout.stackSmall}>
              <div>
                <Tag tone={told().outcome === 'allowed' ? 'allowed' : 'denied'}>
                  {told().outcome === 'allowed' ? t('settings.allowed') : t('settings.notAllowed')}
                </Tag>
              </div>
              <WhyNot {...told().explanation} onLeave={props.onClose} />
            </div>
          )}
        </Show>
      </div>
    </div>
  )
}

/** A list to choose from, not to read: who wants more types more. */
const OPTIONS_MAX = 40
