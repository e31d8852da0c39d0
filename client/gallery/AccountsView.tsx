/** Accounts, as in CRM: a list of 19,185 and one of them. */
import { createMemo, createSignal, type JSX, Show } from 'solid-js'
import MergeIcon from '~icons/lucide/git-merge'
import MapIcon from '~icons/lucide/map-pin'
import PhoneIcon from '~icons/lucide/phone'
import PlusIcon from '~icons/lucide/plus'
import SearchIcon from '~icons/lucide/search-x'
import StarIcon from '~icons/lucide/star'
import StoreIcon from '~icons/lucide/store'
import { PaneBody } from '../app/shell/Page.tsx'
import { DetailTitle, ListTitle } from '../app/shell/Titles.tsx'
import { ActionMenu } from '../components/ActionMenu.tsx'
import { Avatar } from '../components/Avatar.tsx'
import { Button, LinkButton } from '../components/Button.tsx'
import { Card } from '../components/Card.tsx'
import { Chip, ChipRow } from '../components/Chip.tsx'
import { EmptyState } from '../components/EmptyState.tsx'
import { Field, FieldList } from '../components/FieldList.tsx'
import { FilterMenu } from '../components/FilterMenu.tsx'
import { IconButton } from '../components/IconButton.tsx'
import { Row } from '../components/Row.tsx'
import { SearchField } from '../components/SearchField.tsx'
import { SplitPanes } from '../components/SplitPanes.tsx'
import { Tabs } from '../components/Tabs.tsx'
import { Tag } from '../components/Tag.tsx'
import { VirtualList } from '../components/VirtualList.tsx'
import { WhyLink } from '../components/WhyLink.tsx'
import layout from '../styles/layout.module.css'

const NAMES = [
  'A Bike Store',
  'Bike World',
  'Brakes and Gears',
  'Cycles Wholesaler & Mfg.',
  'Downhill & Mountain Supply',
  'Executive Discount Store',
  'Fasteners & Bolts Outlet',
  'Finer Parts Shop',
  'Fitness Discount Store',
  'Front Runner Bikes',
  'Great Bicycle Supply',
]
const TOWNS = ['Seattle, WA', 'Everett, WA', 'Portland, OR', 'Bellevue, WA', 'Renton, WA', 'Spokane, WA']

interface Account {
  readonly id: string
  readonly name: string
  readonly town: string
}

const ACCOUNTS: readonly Account[] = Array.from({ length: 19_185 }, (_, index) => ({
  id: String(index),
  name: `${NAMES[index % NAMES.length] ?? ''}${index < NAMES.length ? '' : ` ${index}`}`,
  town: TOWNS[index % TOWNS.length] ?? '',
}))

const REP_CODE_LOCK = {
  by: 'Set by the ERP.',
  sentence: 'Rep codes come from the nightly import. Only a full administrator can change them here.',
  chain: [
    { text: 'You', note: 'Sales rep' },
    { text: 'Field sales', note: 'Says nothing about rep codes' },
    { text: 'The field’s own rule', decides: true },
  ],
}

export function AccountsView(): JSX.Element {
  const [query, setQuery] = createSignal('')
  const [favourites, setFavourites] = createSignal(false)
  const [territory, setTerritory] = createSignal<readonly string[]>([])
  const [open, setOpen] = createSignal(new URLSearchParams(location.search).get('open'))
  const found = createMemo(() => {
    const wanted = query().toLocaleLowerCase()
    return ACCOUNTS.filter((account) => account.name.toLocaleLowerCase().includes(wanted))
  })
  return (
    <SplitPanes
      listLabel="Accounts"
      open={open() !== null}
      placeholder={<EmptyState icon={StoreIcon} title="Choose an account to see it here." />}
      list={
        <>
          <ListTitle title="Accounts" action={<IconButton icon={PlusIcon} label="Add account" />}>
            <SearchField
              label="Search accounts"
              placeholder="Search 19,185 accounts"
              value={query()}
              onInput={setQuery}
            />
            <ChipRow label="Filters">
              <Chip pressed={!favourites()} onClick={() => setFavourites(false)}>
                All 19,185
              </Chip>
              <Chip pressed={favourites()} onClick={() => setFavourites(true)}>
                Favourites
              </Chip>
              <FilterMenu
                label="Territory"
                values={territory()}
                onChange={setTerritory}
                options={[
                  { value: 'nw', label: 'Northwest', count: '77' },
                  { value: 'sw', label: 'Southwest', count: '112' },
                  { value: 'ca', label: 'Canada', count: '40' },
                ]}
              />
              <FilterMenu
                label="Rep code"
                multiple
                values={[]}
                onChange={() => undefined}
                options={[
                  { value: '275', label: '275' },
                  { value: '281', label: '281' },
                ]}
              />
            </ChipRow>
          </ListTitle>
          <Show
            when={found().length > 0}
            fallback={
              <EmptyState
                icon={SearchIcon}
                title={`No account matches “${query()}”.`}
                action={<Button onClick={() => setQuery('')}>Clear search</Button>}
              />
            }
          >
            <VirtualList
              label="Accounts"
              items={found()}
              itemKey={(account) => account.id}
              scrollKey="accounts"
              resetOn={query()}
            >
              {(account) => (
                <Row
                  href={`?view=accounts&open=${account().id}`}
                  lead={<Avatar name={account().name} />}
                  title={account().name}
                  lede={account().town}
                  end="275"
                  tag={<RowTag id={account().id} />}
                  current={account().id === open()}
                />
              )}
            </VirtualList>
          </Show>
        </>
      }
      detail={<AccountDetail onClose={() => setOpen(null)} />}
    />
  )
}

function RowTag(props: { readonly id: string }): JSX.Element {
  return (
    <>
      <Show when={props.id === '1'}>
        <Tag tone="pending">Waiting</Tag>
      </Show>
      <Show when={props.id === '4'}>
        <Tag tone="denied">Refused</Tag>
      </Show>
    </>
  )
}

function AccountDetail(_props: { readonly onClose: () => void }): JSX.Element {
  return (
    <article aria-label="Bike World">
      <DetailTitle
        title="Bike World"
        lede="Everett, WA · Northwest · AW00029672"
        lead={<Avatar name="Bike World" large />}
        back={{ href: '?view=accounts', label: 'Back to accounts' }}
        action={
          <ActionMenu
            actions={[
              { label: 'Add to favourites', icon: StarIcon, onPress: () => undefined },
              { label: 'Open in the web shop', icon: StoreIcon, href: '#shop' },
              {
                label: 'Merge with another',
                icon: MergeIcon,
                denied: 'Field sales denies Allow Account Edits. Ada Byrne can change that.',
              },
            ]}
          />
        }
      >
        <Button kind="primary" icon={PlusIcon}>
          New action
        </Button>
        <LinkButton href="tel:+14255550139" icon={PhoneIcon}>
          Call
        </LinkButton>
        <LinkButton href="geo:0,0" icon={MapIcon}>
          Map
        </LinkButton>
      </DetailTitle>
      <Tabs
        label="Account"
        current="overview"
        tabs={[
          { id: 'overview', label: 'Overview', href: '#overview' },
          { id: 'contacts', label: 'Contacts', count: '2', href: '#contacts' },
          { id: 'addresses', label: 'Addresses', count: '1', href: '#addresses' },
          { id: 'access', label: 'Access', href: '#access' },
          { id: 'history', label: 'History', href: '#history' },
        ]}
      />
      <PaneBody>
        <Card flush label="Account">
          <FieldList>
            <Field label="Name">Bike World</Field>
            <Field label="Phone" pending="Saved on this device 2 minutes ago. Was +1 425 555 0100.">
              +1 425 555 0139
            </Field>
            <Field label="Rep codes" locked={REP_CODE_LOCK}>
              275
            </Field>
            <Field label="Business type">Value added reseller</Field>
            <Field label="Website" />
            <Field label="Notes">
              Opens at ten. Ask for Kim about the spring order; they want the trade-in programme in writing
              before May.
            </Field>
          </FieldList>
        </Card>
        <Card
          title="Who can see this"
          aside={
            <WhyLink
              tag
              explanation={{ sentence: 'You see this account because your rep code 275 is on it.' }}
              title="Why you see this"
            >
              Why
            </WhyLink>
          }
        >
          <p>You, because your rep code 275 is on this account.</p>
          <p class={layout.quiet}>Also Stephen Jiang (your manager) and 3 people who see all accounts.</p>
        </Card>
      </PaneBody>
    </article>
  )
}
