/** A worker group, as in Settings: the tree, the features, and what a change would do. */
import { createSignal, type JSX } from 'solid-js'
import PlusIcon from '~icons/lucide/plus'
import UsersIcon from '~icons/lucide/users-round'
import { PaneBody } from '../app/shell/Page.tsx'
import { DetailTitle, ListTitle } from '../app/shell/Titles.tsx'
import { Button } from '../components/Button.tsx'
import { Card } from '../components/Card.tsx'
import { Aside } from '../components/Diff.tsx'
import { IconButton } from '../components/IconButton.tsx'
import { Impact } from '../components/Impact.tsx'
import { SplitPanes } from '../components/SplitPanes.tsx'
import { Tabs } from '../components/Tabs.tsx'
import { Tag } from '../components/Tag.tsx'
import { TreeList, type TreeNode } from '../components/TreeList.tsx'
import { FeatureRow, type FeatureState, TriState } from '../components/TriState.tsx'
import layout from '../styles/layout.module.css'

function node(id: string, count: string, children: readonly TreeNode[] = []): TreeNode {
  return { id, label: id, href: `#${id}`, icon: UsersIcon, count, children }
}

const TREE: readonly TreeNode[] = [
  node('Administrators', '3'),
  node('Organization', '19', [
    node('Field sales', '14', [node('North America', '10'), node('Europe', '3'), node('Pacific', '1')]),
    node('Inside sales', '2'),
    { ...node('Catalog', '2'), muted: 'Disabled' },
  ]),
  node('Affiliates', '6'),
  node('Clients', '11'),
]

export function GroupView(): JSX.Element {
  const [edits, setEdits] = createSignal<FeatureState>('deny')
  const above = 'Denied above, by Organization'
  return (
    <SplitPanes
      listLabel="Worker groups"
      open
      list={
        <>
          <ListTitle title="Worker groups" action={<IconButton icon={PlusIcon} label="Add group" />} />
          <TreeList label="Groups" nodes={TREE} current="Field sales" />
        </>
      }
      detail={
        <article aria-label="Field sales">
          <DetailTitle
            title="Field sales"
            lede="User group · 14 members · below Organization"
            parent="Worker groups"
            back={{ href: '#', label: 'Back to groups' }}
            aside={<Tag tone="allowed">Enabled</Tag>}
          />
          <Tabs
            label="Group"
            current="features"
            tabs={[
              { id: 'general', label: 'General', href: '#' },
              { id: 'features', label: 'Features', href: '#' },
              { id: 'members', label: 'Members', count: '14', href: '#' },
              { id: 'history', label: 'History', href: '#' },
            ]}
          />
          <PaneBody>
            <div class={layout.columns}>
              <Card flush label="Features">
                <ul>
                  <FeatureRow name="CRM" note="Workspace" workspace>
                    <TriState label="CRM" value="inherit" />
                  </FeatureRow>
                  <FeatureRow name="Allow Account Adds" code="SU-ALLOW-ACCOUNT-ADDS">
                    <TriState label="Allow Account Adds" value="inherit" />
                  </FeatureRow>
                  <FeatureRow name="Allow Account Edits" code="SU-ALLOW-ACCOUNT-EDITS">
                    <TriState label="Allow Account Edits" value={edits()} onChange={setEdits} />
                  </FeatureRow>
                  <FeatureRow name="Allow Customer Adds/Edits" code="SU-ALLOW-CUSTOMER-ADD-EDITS">
                    <TriState label="Allow Customer Adds/Edits" value="allow" />
                  </FeatureRow>
                  <FeatureRow name="Impersonate customers" note={above}>
                    <TriState label="Impersonate customers" value="deny" locked={above} />
                  </FeatureRow>
                  <FeatureRow name="Settings" note={above} workspace>
                    <TriState label="Settings" value="deny" locked={above} />
                  </FeatureRow>
                </ul>
              </Card>
              <Card
                title="Before you save"
                aside={
                  <Tag tone="pending" icon={null}>
                    1 change
                  </Tag>
                }
              >
                <p>
                  Deny <b>Allow Account Edits</b> for Field sales and everyone below it.
                </p>
                <Impact
                  lines={[
                    { count: 541, text: 'accounts that nobody but administrators can edit', tone: 'denied' },
                    { count: 14, text: 'workers can no longer edit accounts', tone: 'denied' },
                    {
                      count: 7,
                      text: 'unsent edits on 2 devices would be refused and kept',
                      tone: 'pending',
                    },
                    { count: 0, text: 'workers gain anything' },
                  ]}
                />
                <Aside>
                  <span>Michael Blythe, Linda Mitchell, Jillian Carson and 11 more</span>
                  <a class={layout.strongLink} href="#each">
                    See each worker
                  </a>
                </Aside>
                <div class={layout.wrap}>
                  <div class={layout.grow}>
                    <Button kind="primary" wide>
                      Save for 14 workers
                    </Button>
                  </div>
                  <Button>Cancel</Button>
                </div>
              </Card>
            </div>
          </PaneBody>
        </article>
      }
    />
  )
}
