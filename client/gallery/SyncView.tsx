/** The state of sync: what was refused, where two people met, what waits, and this device. */
import type { JSX } from 'solid-js'
import MergeIcon from '~icons/lucide/git-merge'
import { Page } from '../app/shell/Page.tsx'
import { PageTitle } from '../app/shell/Titles.tsx'
import { Button } from '../components/Button.tsx'
import { Card } from '../components/Card.tsx'
import { Diff } from '../components/Diff.tsx'
import { ProgressMeter } from '../components/ProgressMeter.tsx'
import { Tag } from '../components/Tag.tsx'
import layout from '../styles/layout.module.css'

export function SyncView(): JSX.Element {
  return (
    <Page>
      <PageTitle title="Sync" back={{ href: '?view=accounts', label: 'Back to accounts' }} />
      <div class={layout.columns}>
        <Card
          title="Downhill & Mountain Supply"
          lead={<Tag tone="denied">Refused</Tag>}
          aside={<small>14:02</small>}
        >
          <Diff label="Phone" was="+1 206 555 0175" now="+1 206 555 0188" />
          <p>
            Your right <b>Allow Account Edits</b> was taken away at 11:40 by Ada Byrne, on the group Field
            sales. You typed this at 10:15, before that, so a reviewer can accept it.
          </p>
          <div class={layout.wrap}>
            <Button kind="primary">Ask for review</Button>
            <Button>Copy</Button>
            <Button kind="danger">Discard</Button>
          </div>
        </Card>
        <Card
          title="Finer Parts Shop"
          lead={
            <Tag tone="notice" icon={MergeIcon}>
              Two people
            </Tag>
          }
          aside={<small>Mon</small>}
        >
          <Diff
            label="Terms note"
            now="Net 30 from May, agreed by phone"
            note="Linda Mitchell, Monday 16:20, stands now"
          />
          <Diff
            label="Yours"
            now="Net 45 until they open the second shop"
            note="You, Monday 15:58, offline"
          />
          <div class={layout.wrap}>
            <Button>Use mine</Button>
            <Button kind="quiet">Keep theirs</Button>
          </div>
        </Card>
        <Card title="3 edits saved on this device" lead={<Tag tone="pending">Waiting</Tag>}>
          <p class={layout.quiet}>They are sent as soon as there is a network. You can close the app.</p>
          <ul class={layout.stackSmall}>
            <li class={layout.line}>
              <span class={layout.grow}>Bike World · Phone</span>
              <small>2 min</small>
            </li>
            <li class={layout.line}>
              <span class={layout.grow}>Front Runner Bikes · new contact</span>
              <small>1 hr</small>
            </li>
          </ul>
        </Card>
        <Card title="This device" aside={<Tag tone="allowed">Storage kept</Tag>}>
          <ProgressMeter kind="meter" label="77 accounts, 183 contacts" shown="4.2 MB" value={4.2} max={60} />
          <p class={layout.quiet}>Works offline until Wednesday 09:00, then asks for the server once.</p>
        </Card>
      </div>
    </Page>
  )
}
