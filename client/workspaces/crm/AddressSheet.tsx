/** An address of an account. */
import type { JSX } from 'solid-js'
import type { Decision } from '../../../core/access/types.ts'
import type { Row } from '../../../core/records/kind-spec.ts'
import { t } from '../../app/i18n.ts'
import { DependantSheet } from './DependantSheet.tsx'

const FIELDS = ['label', 'line1', 'line2', 'city', 'state', 'zip', 'country', 'active']

export interface AddressSheetProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly account: Row
  /** Undefined for a new one. */
  readonly address: Row | undefined
  /** May it be made, or changed. */
  readonly decision: Decision
}

export function AddressSheet(props: AddressSheetProps): JSX.Element {
  return (
    <DependantSheet
      open={props.open}
      onClose={props.onClose}
      kind="address"
      account={props.account}
      row={props.address}
      fields={FIELDS}
      titles={{ add: t('crm.addAddress'), edit: t('crm.editAddress') }}
      decision={props.decision}
      check={({ line1, city }) =>
        [line1, city].some((line) => typeof line === 'string' && line.trim() !== '')
          ? {}
          : { line1: t('crm.noAddressLine') }
      }
    />
  )
}
