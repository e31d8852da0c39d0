/** The quarantine over HTTP: whose refused edits one sees, and what of them (D18, GATE 15). */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { TestDevice } from '../../support/test-device.ts'
import { TestServer } from '../../support/test-server.ts'

interface Item {
  readonly id: string
  readonly record: string
  readonly worker: string
  readonly sentence: string
  readonly changes: readonly { readonly field: string; readonly old: unknown; readonly new: unknown }[]
}

let server: TestServer
beforeEach(async () => {
  server = await TestServer.start({
    records: [
      {
        kind: 'worker',
        id: 'olga',
        fields: {
          username: 'olga',
          accountsQueryType: 'rep',
          repCodes: ['275'],
          rights: ['settings.audit'],
        },
      },
    ],
  })
})
afterEach(() => server.close())

async function itemsOf(worker: string): Promise<readonly Item[]> {
  const answer = await server.fetch('/api/quarantine', await server.signIn(worker))
  return ((await answer.json()) as { items: Item[] }).items
}

/** A stock client's edit of oak that is refused: nothing comes with it that says what it claims stood there. */
async function refuseInRoom(): Promise<void> {
  const room = await server.room('rhea', 'account', 'oak')
  await room.synced
  room.fields.set('phone', 5)
  expect((await room.closed).code).toBe(4403)
}

const shown = (items: readonly Item[]) => items.map(({ changes }) => changes)
const withOld = [[{ field: 'phone', old: '555 0100', new: 5 }]]
const withoutOld = [[{ field: 'phone', old: null, new: 5 }]]

describe('[GATE 15] what a refused edit shows', () => {
  test('the value that stood there and the record’s name, to who may read the record', async () => {
    await refuseInRoom()
    for (const worker of ['rhea', 'olga', 'ada']) {
      expect(shown(await itemsOf(worker))).toEqual(withOld)
      expect((await itemsOf(worker))[0]?.sentence).toContain('Oak Ltd')
    }
    expect(await itemsOf('eve')).toEqual([])
  })

  test('only what its author wrote, once the record is hidden: to the author, and to who reviews', async () => {
    await refuseInRoom()
    await server.change('account', 'oak', { repCodes: ['276'] })
    for (const worker of ['rhea', 'olga']) {
      const items = await itemsOf(worker)
      expect(shown(items)).toEqual(withoutOld)
      expect(items[0]).toMatchObject({ record: 'account/oak', worker: 'rhea' })
      expect(JSON.stringify(items)).not.toMatch(/oak ltd|555 0100/iu)
      expect(items[0]?.sentence).toMatch(/^You may not change Phone of this account: /u)
    }
    expect(shown(await itemsOf('ada'))).toEqual(withOld)
  })

  test('of a device’s edit, what its author claims stays the author’s; the name does not', async () => {
    const rhea = await TestDevice.connect(server, 'rhea')
    await rhea.caughtUp(server)
    const edit = rhea.edit('account', 'oak', [{ field: 'phone', value: 5 }])
    expect((await rhea.verdict(edit)).outcome).toBe('refused')
    await server.change('account', 'oak', { repCodes: ['276'] })
    for (const worker of ['rhea', 'olga']) {
      const items = await itemsOf(worker)
      expect(shown(items)).toEqual(withOld)
      expect(items[0]?.sentence).not.toContain('Oak')
    }
  })

  test('[S9] an edit of what never was there, and one of what was always hidden, are shown alike', async () => {
    const rhea = await TestDevice.connect(server, 'rhea')
    await rhea.caughtUp(server)
    for (const id of ['elm', 'nix']) {
      const edit = rhea.edit('account', id, [{ field: 'phone', value: '1' }], { creates: false })
      expect((await rhea.verdict(edit)).outcome).toBe('refused')
    }
    for (const worker of ['rhea', 'olga']) {
      const [missing, hidden] = (await itemsOf(worker)).map((item) =>
        JSON.stringify({ ...item, id: 'Q' }).replace(/account\/\w+/u, 'X'),
      )
      expect(hidden).toBe(missing)
    }
  })

  test('[S9] somebody else’s entry is none: it cannot be discarded, and is not known', async () => {
    await refuseInRoom()
    const [item] = await itemsOf('rhea')
    const discard = async (worker: string, id: string) => {
      const answer = await server.fetch(`/api/quarantine/${id}/discard`, await server.signIn(worker), {
        method: 'POST',
      })
      return [answer.status, await answer.text()]
    }
    const foreign = await discard('eve', item?.id ?? '')
    expect(foreign).toEqual(await discard('eve', 'nix'))
    expect(foreign[0]).toBe(404)
    expect((await discard('rhea', item?.id ?? ''))[0]).toBe(204)
  })
})
