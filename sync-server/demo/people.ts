/**
 * The demo's workers and groups: three levels of sales, the inside teams, and groups below Sales Rep of which one denies
 * something that its parent allows. Five of them are personas with a login that is printed and offered.
 */
import type { NewRecord } from '../seed/create-all.ts'
import type { DemoRandom } from './random.ts'
import { firstNames, lastNames } from './words.ts'
import { lendToolsRight, tradeCounterWords } from './words-and-boards.ts'

export interface DemoLogin {
  readonly username: string
  readonly password: string
  /** What this persona shows, in a few words. */
  readonly role: string
}

export interface Rep {
  readonly workerId: string
  readonly code: string
  readonly territory: string
}

export interface People {
  readonly records: readonly NewRecord[]
  readonly reps: readonly Rep[]
  readonly logins: readonly (DemoLogin & { readonly workerId: string })[]
}

const password = 'ambit-demo-2026'

const groupRecords: readonly NewRecord[] = [
  group('field-north', 'Field Sales North', 'Reps of the northern counties.', 'sales-rep', {}),
  group(
    'field-south',
    'Field Sales South',
    'Reps of the southern counties; addresses are kept by customer service.',
    'sales-rep',
    { 'SU-ALLOW-ADDRESS-ADDS-EDITS': 'deny', [lendToolsRight]: 'allow' },
  ),
  group('trainees', 'Trainees', 'New reps look and listen first.', 'sales-rep', {
    'SU-ALLOW-ACCOUNT-EDITS': 'deny',
    'crm.orders.place': 'deny',
  }),
]

export function makePeople(random: DemoRandom): People {
  const records: NewRecord[] = [...groupRecords]
  const reps: Rep[] = []
  const logins: (DemoLogin & { workerId: string })[] = []
  const taken = new Set<string>()

  const director = hire('Ruth', 'Okafor', {
    jobTitle: 'Sales Director',
    userType: 'global_user',
    groups: ['sales-manager'],
    filter: 'all',
  })
  const ada = hire('Ada', 'Byrne', {
    jobTitle: 'IT and Operations',
    userType: 'administrator',
    groups: ['administrators'],
    filter: 'all',
    username: 'ada',
  })
  login(ada, 'ada', 'Administrator: every account, every setting')

  const max = hire('Max', 'Calder', {
    jobTitle: 'Sales Manager North',
    userType: 'organization',
    groups: ['sales-manager'],
    codes: ['N00'],
    managerId: director,
    username: 'max',
  })
  login(max, 'max', 'Sales Manager: the accounts of everyone in his team')
  const south = hire('Petra', 'Selwyn', {
    jobTitle: 'Sales Manager South',
    userType: 'organization',
    groups: ['sales-manager'],
    codes: ['S00'],
    managerId: director,
  })
  const west = hire('Harvey', 'Penrose', {
    jobTitle: 'Sales Manager West',
    userType: 'organization',
    groups: ['sales-manager'],
    codes: ['W00'],
    managerId: director,
  })

  const rhea = rep('North', 'N01', max, ['field-north'], ['Rhea', 'Lindqvist'], 'rhea')
  login(rhea, 'rhea', 'Sales Rep in the north: her own accounts, also offline')
  const eve = rep('South', 'S01', south, ['field-south'], ['Eve', 'Marsden'], 'eve')
  login(eve, 'eve', 'Sales Rep in the south: her group may not change addresses')
  for (const [territory, letter, manager, groups] of [
    ['North', 'N', max, ['field-north']],
    ['South', 'S', south, ['field-south']],
    ['West', 'W', west, ['sales-rep']],
  ] as const)
    for (const number of [2, 3, 4]) rep(territory, `${letter}0${number}`, manager, groups)
  rep('West', 'W01', west, ['sales-rep'])
  rep('West', 'W05', west, ['trainees'])

  for (const [jobTitle, groupId] of [
    ['Customer Service', 'customer-service'],
    ['Trade Counter', 'customer-service'],
    ['Catalog Manager', 'catalog-manager'],
    ['Content Editor', 'content-editor'],
  ] as const)
    hire(...newName(), {
      jobTitle,
      groups: [groupId],
      filter: 'all',
      managerId: director,
      ...(jobTitle === 'Trade Counter' && { labelSet: tradeCounterWords }),
    })
  const noor = hire('Noor', 'Hale', {
    jobTitle: 'Internal Audit',
    groups: ['auditor'],
    filter: 'all',
    username: 'noor',
  })
  login(noor, 'noor', 'Auditor: sees everything, changes nothing')
  hire(...newName(), {
    jobTitle: 'Sales Rep (left in spring)',
    groups: ['sales-rep'],
    codes: ['N09'],
    managerId: max,
    active: false,
  })

  return { records, reps, logins }

  function rep(
    territory: string,
    code: string,
    managerId: string,
    groups: readonly string[],
    name?: [string, string],
    username?: string,
  ) {
    const workerId = hire(...(name ?? newName()), {
      jobTitle: 'Sales Representative',
      userType: 'account_manager',
      groups,
      codes: [code],
      managerId,
      ...(username && { username }),
    })
    reps.push({ workerId, code, territory })
    return workerId
  }

  function hire(
    firstName: string,
    lastName: string,
    { groups, codes = [], filter = 'rep', username, ...fields }: Job,
  ): string {
    const id = random.id()
    const login = username ?? usernameFor(firstName, lastName)
    taken.add(login)
    const values = {
      ...fields,
      firstName,
      lastName,
      username: login,
      email: `${login}@ambit.example`,
      phone: `01632 96${String(random.integer(10_000)).padStart(4, '0')}`,
      accountsQueryType: filter,
      repCodes: codes,
      groups: groups.map((groupId) => ({ id: groupId, from: null, until: null })),
    }
    records.push({ kind: 'worker', id, fields: values })
    return id
  }

  function login(workerId: string, username: string, role: string) {
    logins.push({ workerId, username, password, role })
  }

  function newName(): [string, string] {
    const name: [string, string] = [random.pick(firstNames), random.pick(lastNames)]
    return taken.has(usernameFor(...name)) ? newName() : name
  }
}

interface Job {
  readonly jobTitle: string
  readonly groups: readonly string[]
  readonly userType?: string
  readonly codes?: readonly string[]
  readonly filter?: string
  readonly managerId?: string
  readonly labelSet?: string
  readonly username?: string
  readonly active?: boolean
}

function group(
  code: string,
  name: string,
  description: string,
  parentId: string,
  features: Record<string, string>,
): NewRecord {
  return {
    kind: 'group',
    id: code,
    fields: { code, name, description, type: 'user', parentId, enabled: true, features },
  }
}

function usernameFor(firstName: string, lastName: string): string {
  const plain = `${firstName}.${lastName}`.normalize('NFKD').replaceAll(/[^\w.]/g, '')
  return plain.toLowerCase()
}
