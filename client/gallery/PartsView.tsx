/** The parts one by one, in each of their states. */
import { createSignal, For, type JSX, onCleanup } from 'solid-js'
import InboxIcon from '~icons/lucide/inbox'
import PlusIcon from '~icons/lucide/plus'
import { setTheme } from '../app/theme.ts'
import { Page } from '../app/shell/Page.tsx'
import { PageTitle } from '../app/shell/Titles.tsx'
import { Banner } from '../components/Banner.tsx'
import { Button } from '../components/Button.tsx'
import { Card } from '../components/Card.tsx'
import { Chip, ChipRow } from '../components/Chip.tsx'
import { ChipsField } from '../components/ChipsField.tsx'
import { ConfirmSheet } from '../components/ConfirmSheet.tsx'
import { EmptyState } from '../components/EmptyState.tsx'
import { IconButton } from '../components/IconButton.tsx'
import { NumberField } from '../components/NumberField.tsx'
import { PickField } from '../components/PickField.tsx'
import { ProgressMeter } from '../components/ProgressMeter.tsx'
import { SelectField } from '../components/SelectField.tsx'
import { Sheet } from '../components/Sheet.tsx'
import { SkeletonRows } from '../components/SkeletonRows.tsx'
import { CheckField, SwitchField } from '../components/SwitchField.tsx'
import { Tag } from '../components/Tag.tsx'
import { TextArea, TextField } from '../components/TextField.tsx'
import { showToast } from '../components/toasts.ts'
import { WhyNot } from '../components/WhyNot.tsx'
import layout from '../styles/layout.module.css'

const DENIED = 'You may not edit accounts: Field sales denies it. Ada Byrne can change that.'
const LOCK = {
  by: 'Set by the ERP.',
  sentence: 'Rep codes come from the nightly import. Only a full administrator can change them here.',
  chain: [
    { text: 'You', note: 'Sales rep' },
    { text: 'Field sales', note: 'Says nothing about rep codes' },
    { text: 'The field’s own rule', decides: true },
  ],
}
const PEOPLE = [
  'Amy Alberts',
  'Garrett Vargas',
  'Jae Pak',
  'Jillian Carson',
  'José Saraiva',
  'Linda Mitchell',
]

export function PartsView(): JSX.Element {
  const [sheet, setSheet] = createSignal(false)
  const [confirm, setConfirm] = createSignal(false)
  const [name, setName] = createSignal('Bike World')
  // What a merge would do to the stored value, at a moment that a test chooses.
  const merge = (event: Event) => {
    if (event instanceof CustomEvent) setName(String(event.detail))
  }
  window.addEventListener('gallery-merge', merge)
  onCleanup(() => window.removeEventListener('gallery-merge', merge))
  const [codes, setCodes] = createSignal<readonly string[]>(['275', '281'])
  const [manager, setManager] = createSignal<string | null>('Amy Alberts')
  const [active, setActive] = createSignal(true)
  const [filter, setFilter] = createSignal('rep')
  return (
    <Page
      actions={
        <>
          <Button kind="primary" onClick={() => setConfirm(true)}>
            Save for 14 workers
          </Button>
          <Button>Cancel</Button>
        </>
      }
    >
      <PageTitle title="Parts" lede="Each in each of its states" />
      <div class={layout.columns}>
        <Card title="Buttons">
          <div class={layout.wrap}>
            <Button kind="primary" icon={PlusIcon}>
              New action
            </Button>
            <Button onClick={() => setSheet(true)}>Open sheet</Button>
            <Button
              kind="quiet"
              onClick={() =>
                showToast('Removed 275', { action: { label: 'Undo', onPress: () => undefined } })
              }
            >
              Toast
            </Button>
            <Button kind="danger">Discard</Button>
            <IconButton icon={PlusIcon} label="Add account" />
            <IconButton icon={PlusIcon} label="Give right" kind="soft" />
            <IconButton icon={PlusIcon} label="Give another right" denied={DENIED} />
          </div>
          <Button kind="primary" denied={DENIED}>
            Edit account
          </Button>
          <ChipRow label="Theme" wrap>
            <For each={['system', 'light', 'dark'] as const}>
              {(theme) => (
                <Chip pressed={false} onClick={() => setTheme(theme)}>
                  {theme}
                </Chip>
              )}
            </For>
          </ChipRow>
        </Card>
        <Card title="Tags and chips">
          <div class={layout.wrap}>
            <Tag>Draft</Tag>
            <Tag tone="pending">Waiting</Tag>
            <Tag tone="denied">Refused</Tag>
            <Tag tone="allowed">Active</Tag>
            <Tag tone="notice">Through Sales rep</Tag>
          </div>
          <ChipRow label="Accounts query type" wrap>
            <For each={['Matching account', 'rep', 'Accounts mapped', 'Show all']}>
              {(choice) => (
                <Chip pressed={filter() === choice} onClick={() => setFilter(choice)}>
                  {choice}
                </Chip>
              )}
            </For>
          </ChipRow>
          <ProgressMeter label="Getting your accounts" value={12_300} max={19_185} />
        </Card>
        <Card title="Fields">
          <TextField
            label="Name"
            required
            value={name()}
            onCommit={setName}
            hint="As it stands on invoices."
          />
          <TextField
            label="Phone"
            type="tel"
            value="+1 425 555 0139"
            pending="Saved on this device 2 minutes ago. Was +1 425 555 0100."
          />
          <TextField
            label="E-mail"
            type="email"
            value="kim at bikeworld"
            error="Write an address with an @ in it, for example kim@bikeworld.example."
          />
          <TextField label="Account id" value="AW00029672" locked={LOCK} />
          <ChipsField
            label="Rep codes"
            values={codes()}
            onAdd={(code) => setCodes([...codes(), code])}
            onRemove={(code) => setCodes(codes().filter((other) => other !== code))}
          />
          <ChipsField label="Mapped accounts" values={['AW00029672', 'AW00029484']} locked={LOCK} />
        </Card>
        <Card title="More fields">
          <SelectField
            label="Business type"
            value="var"
            options={[
              { value: 'var', label: 'Value added reseller' },
              { value: 'shop', label: 'Specialty bike shop' },
            ]}
          />
          <SelectField
            label="Territory"
            value="nw"
            options={[{ value: 'nw', label: 'Northwest' }]}
            locked={LOCK}
          />
          <PickField
            label="Manager"
            value={manager()}
            shown={manager() ?? ''}
            onChange={setManager}
            options={(query) =>
              PEOPLE.filter((person) => person.toLowerCase().includes(query.toLowerCase())).map((person) => ({
                value: person,
                label: person,
                note: 'Field sales',
              }))
            }
          />
          <NumberField label="Employees" value={42} min={0} />
          <SwitchField
            label="Active"
            checked={active()}
            onChange={setActive}
            hint="Signs in and keeps rights."
          />
          <SwitchField label="Preconfigured" checked={false} locked={LOCK} />
          <CheckField label="Send a welcome letter" checked={active()} onChange={setActive} />
          <TextArea label="Notes" value="Opens at ten. Ask for Kim about the spring order." />
        </Card>
        <Card title="Why not">
          <WhyNot
            sentence="You may not edit accounts, because Field sales denies it for everyone in it and below."
            chain={[
              { text: 'You', note: 'Michael Blythe' },
              { text: 'North America', note: 'Says nothing' },
              { text: 'Field sales', note: 'Denies Allow Account Edits', decides: true },
            ]}
          />
        </Card>
        <Card flush title="First sync">
          <SkeletonRows count={3} />
        </Card>
        <Card flush label="Empty">
          <EmptyState
            icon={InboxIcon}
            title="Nothing needs your attention."
            action={<Button kind="quiet">See what was merged today</Button>}
          >
            Refused edits and edits that met somebody else’s appear here.
          </EmptyState>
        </Card>
        <Card flush label="Banners">
          <Banner>A new version is ready.</Banner>
          <Banner tone="pending">No network since 13:10. Everything you do is saved on this device.</Banner>
          <Banner tone="denied">Your access ended at 11:40.</Banner>
        </Card>
      </div>
      <Sheet
        open={sheet()}
        onClose={() => setSheet(false)}
        title="Edit account"
        lede="Bike World, Everett"
        placement="side"
        actions={
          <>
            <Button kind="primary" onClick={() => setSheet(false)}>
              Save
            </Button>
            <Button onClick={() => setSheet(false)}>Cancel</Button>
          </>
        }
      >
        <TextField label="Contact name" required value="Kim Abercrombie" />
        <TextField label="Job title" value="" />
        <TextField label="Account id" value="AW00029672" locked={LOCK} />
      </Sheet>
      <ConfirmSheet
        open={confirm()}
        title="Discard this edit?"
        confirm="Discard"
        danger
        onConfirm={() => setConfirm(false)}
        onClose={() => setConfirm(false)}
      >
        What you typed is lost. The account keeps its present phone number.
      </ConfirmSheet>
    </Page>
  )
}
