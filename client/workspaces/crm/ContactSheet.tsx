/** A contact of an account. The House Contact opens too, to be read. */
import type { JSX } from 'solid-js'
import type { Decision } from '../../../core/access/types.ts'
import type { Row } from '../../../core/records/kind-spec.ts'
import { t } from '../../app/i18n.ts'
import { DependantSheet } from './DependantSheet.tsx'

const FIELDS = ['firstName', 'lastName', 'jobTitle', 'email', 'phone', 'title', 'username', 'active']

export interface ContactSheetProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly account: Row
  /** Undefined for a new one. */
  readonly contact: Row | undefined
  /** May it be made, or changed. */
  readonly decision: Decision
}

export function ContactSheet(props: ContactSheetProps): JSX.Element {
  return (
    <DependantSheet
      open={props.open}
      onClose={props.onClose}
      kind="contact"
      account={props.account}
      row={props.contact}
      fields={FIELDS}
      titles={{ add: t('crm.addContact'), edit: t('crm.editContact') }}
      decision={props.decision}
      note={props.contact?.house === true ? t('crm.houseNote') : undefined}
      check={({ firstName, lastName }) =>
        [firstName, lastName].some((name) => typeof name === 'string' && name.trim() !== '')
          ? {}
          : { lastName: t('crm.noContactName') }
      }
    />
  )
}
