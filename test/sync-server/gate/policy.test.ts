/** Changes of rights pass the same gate in the same order, and what follows from a record’s change commits with it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { houseContactId } from '../../../core/records/contact.ts'
import { always, codeOf, elm, type Harness, oak, openOrganisation, operator, ref } from './harness.ts'

let harness: Harness
beforeEach(async () => {
  harness = await openOrganisation()
})
afterEach(() => harness.close())

const phone = (value: string) => [{ field: 'phone', value }]
const salesRep = ref('group', 'sales-rep')
const edits = (value: 'allow' | 'deny') => [{ field: 'features/SU-ALLOW-ACCOUNT-EDITS', value }]

describe('one order', () => {
  test('[D7] a revocation earlier in the same batch already holds; an edit before it does not suffer', async () => {
    const rhea = await harness.device('rhea')
    await rhea.pull(oak)
    const [first, second, third] = ['101', '102', '103'].map((value) => rhea.write(oak, phone(value)))
    const verdicts = await Promise.all([
      rhea.send(oak, first!),
      harness.write(operator, salesRep, edits('deny')),
      rhea.send(oak, second!),
      harness.write(operator, salesRep, edits('allow')),
      rhea.send(oak, third!),
    ])
    expect(verdicts.map(codeOf)).toEqual([
      'merged',
      'merged',
      'denied-by-group',
      'merged',
      'depends-on-refused',
    ])
    expect(harness.batches).toHaveLength(1)
    expect((await harness.row(oak))?.phone).toBe('101')
  })

  test('[I2] the journal names the policy version at which each edit was allowed', async () => {
    const rhea = await harness.device('rhea')
    const before = harness.policy.directory.policyVersion
    await rhea.edit(oak, phone('101'))
    const deny = await harness.write(operator, salesRep, edits('deny'))
    const allow = await harness.write(operator, salesRep, edits('allow'))
    await rhea.edit(oak, phone('102'))
    const versions = (await harness.storage.journalOf(oak, 2)).map((entry) => entry.policyVersion)
    expect(versions).toEqual([allow.type === 'merged' ? allow.seq : -1, before])
    expect(deny.type).toBe('merged')
    expect(harness.policy.directory.policyVersion).toBe(versions[0])
  })

  test('[G-16] the journal counts whom a change of access touches, each once a change set', async () => {
    const touched = async (record: typeof salesRep) =>
      (await harness.storage.journalOf(record, 1))[0]?.touched
    const members = harness.policy.directory.membersByGroup.get('sales-rep')?.length
    await harness.write(operator, salesRep, edits('deny'))
    expect(await touched(salesRep)).toBe(members)
    await harness.write(operator, ref('worker', 'bob'), [{ field: 'rights/crm.export', value: true }])
    expect(await touched(ref('worker', 'bob'))).toBe(1)
    // Nobody's access is in a description or a telephone number.
    await harness.write(operator, salesRep, [{ field: 'description', value: 'Reps' }])
    expect(await touched(salesRep)).toBeUndefined()
    await harness.write(operator, ref('worker', 'bob'), phone('101'))
    expect(await touched(ref('worker', 'bob'))).toBeUndefined()
  })

  test('[L5] listeners are given the directory before and after, and only when it changed', async () => {
    await harness.write(operator, oak, phone('101'))
    await harness.write(operator, ref('worker', 'bob'), phone('101'))
    expect(harness.batches.map((batch) => batch.policy)).toEqual([null, null])
    await harness.write(operator, ref('worker', 'bob'), [{ field: 'active', value: false }])
    const policy = harness.batches.at(-1)?.policy
    expect(policy?.before.workers.get('bob')?.active).toBe(true)
    expect(policy?.after.workers.get('bob')?.active).toBe(false)
    expect(harness.policy.directory).toBe(policy?.after)
  })
})

describe('hard rules', () => {
  test('[P14] nobody changes their own rights; ada changes rhea’s, not her own', async () => {
    const ada = await harness.device('ada')
    const right = [{ field: 'rights/crm.export', value: true }]
    expect(codeOf(await ada.edit(ref('worker', 'ada'), right))).toBe('own-access')
    expect(codeOf(await ada.edit(ref('worker', 'rhea'), right))).toBe('merged')
  })

  test('[P15] a worker with settings.workers gives what they hold, and nothing else', async () => {
    await harness.write(operator, ref('worker', 'max'), [{ field: 'rights/settings.workers', value: true }])
    const max = await harness.device('max')
    const give = (right: string) =>
      max.edit(ref('worker', 'eve'), [{ field: `rights/${right}`, value: true }])
    expect(codeOf(await give('crm.export'))).toBe('merged')
    expect(codeOf(await give('settings.system'))).toBe('grants-what-author-lacks')
  })

  test('[P18] two administrators who disable each other in one batch: the second is refused', async () => {
    await harness.write(operator, ref('worker', 'eve'), [
      { field: 'groups/administrators', value: always },
      { field: 'accountsQueryType', value: 'all' },
    ])
    const [ada, eve] = [await harness.device('ada'), await harness.device('eve')]
    const off = [{ field: 'active', value: false }]
    const [one, two] = await Promise.all([
      ada.edit(ref('worker', 'eve'), off),
      (await eve.pull(ref('worker', 'ada')), eve.edit(ref('worker', 'ada'), off)),
    ])
    expect([codeOf(one), codeOf(two)]).toContain('merged')
    expect([one.type, two.type].filter((type) => type === 'merged')).toHaveLength(1)
    expect(codeOf(await harness.write(operator, ref('worker', 'ada'), off))).toBe(
      (await harness.row(ref('worker', 'ada')))?.active === true ? 'last-administrator' : 'merged',
    )
  })

  test('[P16] [P20] groups keep their shape: no second admin group, no circle, the parent’s type', async () => {
    const ada = await harness.device('ada')
    expect(codeOf(await ada.edit(salesRep, [{ field: 'type', value: 'admin' }]))).toBe('administrative-group')
    await ada.pull(salesRep)
    expect(codeOf(await ada.edit(salesRep, [{ field: 'type', value: 'client' }]))).toBe('type-of-parent')
    expect(
      codeOf(
        await harness.write(operator, ref('group', 'organization'), [
          { field: 'parentId', value: 'sales-rep' },
        ]),
      ),
    ).toBe('cycle')
    expect(codeOf(await harness.write(operator, salesRep, [{ field: 'parentId', value: 'auditor' }]))).toBe(
      'merged',
    )
  })

  test('[S8] the directory row of a colleague follows name and switch, in the same commit, and nothing else', async () => {
    const colleague = ref('colleague', 'bob')
    expect(await harness.row(colleague)).toMatchObject({ name: 'bob Test', active: true })
    await harness.write(operator, ref('worker', 'bob'), [{ field: 'lastName', value: 'Baker' }])
    expect(harness.batches.at(-1)?.changes.map((change) => change.record.kind)).toEqual([
      'worker',
      'colleague',
    ])
    expect(await harness.row(colleague)).toMatchObject({ name: 'bob Baker', active: true })
    await harness.write(operator, ref('worker', 'bob'), phone('1'))
    expect(harness.batches.at(-1)?.changes.map((change) => change.record.kind)).toEqual(['worker'])
    expect(codeOf(await harness.write(operator, colleague, [{ field: 'name', value: 'x' }]))).toBe(
      'not-writable',
    )
  })
})

describe('House Contacts', () => {
  const house = ref('contact', houseContactId('oak'))

  test('[P22] every account has one from its own commit, named House Contact', async () => {
    expect(await harness.stored(house)).toMatchObject({
      row: { firstName: 'House', lastName: 'Contact', house: true, accountId: 'oak', active: true },
      keys: ['account:oak', 'rep:275'],
    })
    const max = await harness.device('max')
    await max.edit(
      ref('account', 'birch'),
      [
        { field: 'name', value: 'Birch' },
        { field: 'accountKind', value: 'company' },
        { field: 'active', value: true },
        { field: 'repCodes/275', value: true },
      ],
      { creates: true },
    )
    const changes = harness.batches
      .at(-1)
      ?.changes.map(({ record, author }) => [`${record.kind}/${record.id}`, author.type])
    expect(changes).toEqual([
      ['account/birch', 'worker'],
      ['contact/house-birch', 'server'],
    ])
  })

  test('[P22] nobody edits one, makes one, or calls a contact one', async () => {
    const rhea = await harness.device('rhea')
    const made = [
      { field: 'accountId', value: 'oak' },
      { field: 'lastName', value: 'Lee' },
      { field: 'active', value: true },
    ]
    expect(codeOf(await rhea.edit(house, [{ field: 'lastName', value: 'Mine' }]))).toBe('house-contact')
    expect(codeOf(await rhea.edit(ref('contact', 'house-elm2'), made, { creates: true }))).toBe(
      'house-contact',
    )
    expect(
      codeOf(
        await rhea.edit(ref('contact', 'lee'), [...made, { field: 'house', value: true }], { creates: true }),
      ),
    ).toBe('house-contact')
    expect(codeOf(await rhea.edit(ref('contact', 'lee-2'), made, { creates: true }))).toBe('merged')
  })
})

describe('keys', () => {
  async function departures(after: number): Promise<readonly string[]> {
    const { number } = await harness.storage.head()
    const all = await harness.storage.departuresSince(after, number, { type: 'everything' })
    return all.map(({ key, record }) => `${record.kind}/${record.id} left ${key}`).sort()
  }

  test('[S6] [GATE 23] an account that moves to another rep takes everything that hangs on it along', async () => {
    await harness.write(
      operator,
      ref('address', 'a1'),
      [
        { field: 'accountId', value: 'oak' },
        { field: 'line1', value: 'High Street' },
      ],
      { creates: true },
    )
    const { number } = await harness.storage.head()
    await harness.write(operator, oak, [
      { field: 'repCodes/275', value: null },
      { field: 'repCodes/276', value: true },
    ])
    for (const record of [oak, ref('contact', 'house-oak'), ref('address', 'a1')]) {
      const stored = await harness.stored(record)
      expect(stored?.keys).toEqual(['account:oak', 'rep:276'])
      expect(stored?.seq).toBeGreaterThan(number)
      expect(stored?.row.seq).toBe(stored?.seq)
    }
    const [entry] = await harness.storage.journalOf(oak, 1)
    expect(entry).toMatchObject({
      keysBefore: ['account:oak', 'rep:275'],
      keysAfter: ['account:oak', 'rep:276'],
    })
    const left = await departures(number)
    for (const record of ['account/oak', 'contact/house-oak', 'address/a1']) {
      expect(left).toContain(`${record} left rep:275`)
    }
    const bob = await harness.device('bob')
    expect(codeOf(await bob.edit(ref('address', 'a1'), [{ field: 'line2', value: 'b' }]))).toBe('merged')
  })

  test('[GATE 23] a restricted attribute that changes re-stamps them, although every key stays', async () => {
    const { number } = await harness.storage.head()
    await harness.write(operator, oak, [{ field: 'country', value: 'DE' }])
    expect((await harness.stored(ref('contact', 'house-oak')))?.seq).toBe(number + 2)
    expect(await departures(number)).toContain('contact/house-oak left rep:275')
  })

  test('[S1] [GATE 7] an account carries its owner’s key, and what hangs on it too, from the commit that says so', async () => {
    const owners = async () =>
      (await Promise.all([oak, ref('contact', 'house-oak')].map((record) => harness.stored(record)))).map(
        (stored) => stored?.keys.filter((key) => key.startsWith('owner:')),
      )
    expect(await owners()).toEqual([[], []])
    const rhea = await harness.device('rhea')
    expect(codeOf(await rhea.edit(oak, [{ field: 'ownerId', value: 'bob' }]))).toBe('merged')
    expect(await owners()).toEqual([['owner:bob'], ['owner:bob']])
  })

  test('what feeds no scope re-stamps nothing', async () => {
    const { number } = await harness.storage.head()
    await harness.write(operator, oak, phone('101'))
    expect((await harness.storage.head()).number).toBe(number + 1)
    expect(await departures(number)).toEqual([])
  })

  test('[S5] a contact that changes its account changes its keys; a rep cannot take it out of their scope', async () => {
    const lee = ref('contact', 'lee')
    await harness.write(
      operator,
      lee,
      [
        { field: 'accountId', value: 'oak' },
        { field: 'lastName', value: 'Lee' },
      ],
      { creates: true },
    )
    const rhea = await harness.device('rhea')
    expect(codeOf(await rhea.edit(lee, [{ field: 'accountId', value: 'elm' }]))).toBe('parent-not-found')
    const { number } = await harness.storage.head()
    await harness.write(operator, lee, [{ field: 'accountId', value: 'elm' }])
    expect((await harness.stored(lee))?.keys).toEqual(['account:elm', 'rep:276'])
    expect(await departures(number)).toEqual(['contact/lee left account:oak', 'contact/lee left rep:275'])
    // From now on it goes where elm goes.
    await harness.write(operator, elm, [{ field: 'repCodes/999', value: true }])
    expect((await harness.stored(lee))?.keys).toEqual(['account:elm', 'rep:276', 'rep:999'])
  })
})
