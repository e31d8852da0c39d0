/** The file that was chosen: its name, how much is in it, and what it is about. */
import { type JSX, Show } from 'solid-js'
import FileIcon from '~icons/lucide/file-spreadsheet'
import { isFileKind } from '../../../../core/exchange/kinds.ts'
import { formatCount } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import { Card } from '../../../components/Card.tsx'
import { SelectField } from '../../../components/SelectField.tsx'
import type { ImportFlow } from './create-import.ts'
import css from './exchange.module.css'
import { formatSize } from './format-size.ts'
import { offeredFiles } from './may-exchange.ts'

export function FileCard(props: { readonly flow: ImportFlow }): JSX.Element {
  return (
    <Show when={props.flow.file()}>
      {(file) => (
        <Card label={file().name}>
          <div class={css.file}>
            <FileIcon aria-hidden="true" />
            <div>
              <b>{file().name}</b>
              <small>
                {formatCount(file().rows, t('exchange.rows'))}
                {' · '}
                {formatCount(file().split.header.length, t('exchange.columnsCount'))}
                {' · '}
                {formatSize(file().size)}
              </small>
            </div>
          </div>
          <SelectField
            label={t('exchange.whatIsIt')}
            required
            value={props.flow.kind()}
            none={t('common.choose')}
            options={offeredFiles.map((kind) => ({ value: kind, label: t(`exchange.kinds.${kind}`) }))}
            onChange={(kind) => {
              if (kind !== null && isFileKind(kind)) props.flow.setKind(kind)
            }}
          />
        </Card>
      )}
    </Show>
  )
}
