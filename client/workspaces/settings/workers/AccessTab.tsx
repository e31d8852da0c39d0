/** What a worker may really do: looked at as they would, asked about one thing, beside another worker, or feature by feature. */
import { useSearchParams } from '@solidjs/router'
import { createSignal, type JSX, Show } from 'solid-js'
import AskIcon from '~icons/lucide/circle-question-mark'
import { compile } from '../../../../core/access/principal.ts'
import type { Principal } from '../../../../core/access/types.ts'
import { t } from '../../../app/i18n.ts'
import { Button } from '../../../components/Button.tsx'
import { PickField } from '../../../components/PickField.tsx'
import layout from '../../../styles/layout.module.css'
import { AskSheet } from '../explain/AskSheet.tsx'
import { workerName } from '../names.ts'
import { useSettings } from '../settings-data.ts'
import { CompareAccess } from './CompareAccess.tsx'
import { EffectiveAccess } from './EffectiveAccess.tsx'
import { PreviewButton } from './PreviewButton.tsx'
import { workerOptions } from './worker-options.ts'

export function AccessTab(props: { readonly principal: Principal; readonly name: string }): JSX.Element {
  const data = useSettings()
  const [search, setSearch] = useSearchParams<{ with?: string }>()
  const [asking, setAsking] = createSignal(false)
  const other = () => {
    const id = search.with
    return id !== undefined && data.directory().workers.has(id) ? id : null
  }
  return (
    <div class={layout.stack}>
      <div class={layout.wrap}>
        <PreviewButton workerId={props.principal.workerId} name={props.name} />
        <Button icon={AskIcon} onClick={() => setAsking(true)}>
          {t('explain.ask')}
        </Button>
      </div>
      <PickField
        label={t('explain.compareWith')}
        choosing={t('explain.chooseOther')}
        value={other()}
        shown={other() === null ? '' : workerName(data.directory(), other() ?? '')}
        options={(query) =>
          workerOptions(data, query).filter(({ value }) => value !== props.principal.workerId)
        }
        onChange={(id) => setSearch({ with: id }, { replace: true })}
      />
      <Show when={other()} fallback={<EffectiveAccess principal={props.principal} name={props.name} />}>
        {(id) => <CompareAccess one={props.principal} other={compile(data.directory(), id(), data.now())} />}
      </Show>
      <AskSheet
        open={asking()}
        onClose={() => setAsking(false)}
        directory={data.directory()}
        now={data.now()}
        workerId={props.principal.workerId}
      />
    </div>
  )
}
