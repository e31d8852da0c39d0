/**
 * An organisation made by the command line and served by a real process, for tests that know nothing but section 8 of
 * the design. Nothing here imports the product: rows and answers are what HTTP says they are.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { type RunningAmbit, runAmbit, startAmbit, temporaryFolder } from '../../support/ambit-process.ts'

export const password = 'a long enough password, really'

/** Who works here. Ada is made by `init`; the others are imported and sign in only where a test asks for it. */
const workers = `username,c_f_nm,c_l_nm,c_em,authorized_rep_codes,manager_username,user_type,accounts_query_type,user_rights_vir,groups
max,Max,Meyer,max@example.org,270,,organization,rep,SU-ALLOW-ACCOUNT-ADDS;SU-ALLOW-ACCOUNT-EDITS,
rhea,Rhea,Rossi,rhea@example.org,275,max,account_manager,rep,SU-ALLOW-ACCOUNT-EDITS;SU-ALLOW-CUSTOMER-ADD-EDITS,
mona,Mona,Moore,mona@example.org,275;276,max,account_manager,rep,SU-ALLOW-ACCOUNT-EDITS,
omar,Omar,Okoro,omar@example.org,275,max,account_manager,rep,,
otto,Otto,Olsen,otto@example.org,276,max,account_manager,rep,SU-ALLOW-ACCOUNT-EDITS,
gwen,Gwen,Grant,gwen@example.org,,,global_user,all,SU-ACCESS-SETTINGS-WORKSPACE,
nora,Nora,Nagy,nora@example.org,,,global_user,all,,auditor
lena,Lena,Löfgren,lena@example.org,900,max,account_manager,rep,,
`

const accounts = `a_id,name,kind,rep_codes,territory,country,state,zip,business_type,specialty,annual_sales,employees,year_opened
A-1,Oak Ltd,company,275,North,US,TN,38103,BM,Mountain,800000,13,1996
A-2,Elm Inc,company,276,South,US,CA,91411,BM,Touring,300000,9,1991
A-3,Ash and Sons,company,275;276,North,US,TN,38104,BS,Road,,,
A-4,Zoë Brontë,individual,,,,,,,,,,
`

const contacts = `contact_id,a_id,title,first_name,last_name,job_title,email,phone
7,A-1,Ms.,Cora,Cole,Owner,cora@example.org,398-555-0132
8,A-2,Mr.,Edgar,Elms,Owner,edgar@example.org,1 (11) 500 555-0132
`

const addresses = `address_id,a_id,label,line1,line2,city,state,state_name,zip,country,country_name,latitude,longitude
71,A-1,Main Office,1 Oak Street,,Memphis,TN,Tennessee,38103,US,United States,35.03,-89.79
72,A-2,Main Office,2 Elm Street,,Van Nuys,CA,California,91411,US,United States,34.14,-118.48
`

export const baseFiles: Files = {
  'workers.csv': workers,
  'accounts.csv': accounts,
  'contacts.csv': contacts,
  'addresses.csv': addresses,
}

export type Files = Readonly<Record<string, string>>

/** A row as HTTP answers it. */
export type Row = Readonly<Record<string, unknown>> & {
  readonly id: string
  readonly kind: string
  readonly seq: number
}

export interface Page {
  readonly items: readonly Row[]
  readonly total: number
  readonly cursor: string | null
}

export interface Quarantined {
  readonly id: string
  readonly record: string
  readonly worker: string
  readonly at: string
  readonly reasons: readonly { readonly code: string }[]
  readonly changes: readonly { readonly field: string; readonly old: unknown; readonly new: unknown }[]
}

export interface WorldOptions {
  /** Workers who may sign in, besides Ada. */
  readonly logins?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Beside, or in place of, the files above. */
  readonly files?: Files
  /** Arguments of `serve`. */
  readonly serve?: readonly string[]
}

/** Data on disk without a server. */
export interface Organisation {
  readonly folder: string
  readonly data: string
  /** Writes files into a folder of their own and tells where it is. */
  write(files: Files): string
  remove(): Promise<void>
}

export async function makeOrganisation({
  logins = [],
  files = {},
}: WorldOptions = {}): Promise<Organisation> {
  const folder = await temporaryFolder()
  const data = join(folder.path, 'data')
  let written = 0
  const write = (some: Files) => {
    const path = join(folder.path, `files-${written++}`)
    mkdirSync(path)
    for (const [name, text] of Object.entries(some)) writeFileSync(join(path, name), text)
    return path
  }
  const made = await runAmbit(['init', '--data', data, '--admin', 'ada'], {
    env: { AMBIT_ADMIN_PASSWORD: password },
  })
  expect(made).toMatchObject({ code: 0, stderr: '' })
  const imported = await runAmbit(['import', write({ ...baseFiles, ...files }), '--data', data])
  expect(imported).toMatchObject({ code: 0, stderr: '' })
  for (const username of logins) {
    const set = await runAmbit(['password', username, '--data', data], { input: `${password}\n` })
    expect(set).toMatchObject({ code: 0, stderr: '' })
  }
  return { folder: folder.path, data, write, remove: () => folder.remove() }
}

/** One signed-in worker, as HTTP knows them. */
export class Visitor {
  readonly server: string
  readonly token: string
  readonly id: string
  /** `name=value` of the session's cookie. */
  readonly cookie: string
  /** The whole Set-Cookie line. */
  readonly setCookie: string

  constructor(server: string, token: string, id: string, setCookie: string) {
    this.server = server
    this.token = token
    this.id = id
    this.setCookie = setCookie
    this.cookie = setCookie.split(';')[0] ?? ''
  }

  static async signIn(server: string, username: string, secret = password): Promise<Visitor> {
    const answer = await postJson(`${server}/api/login`, { username, password: secret })
    expect(answer.status, `${username} signs in`).toBe(200)
    const { token, worker } = (await answer.json()) as { token: string; worker: { id: string } }
    return new Visitor(server, token, worker.id, answer.headers.get('set-cookie') ?? '')
  }

  fetch(path: string, { headers, ...init }: RequestInit = {}): Promise<Response> {
    const all = new Headers(headers)
    all.set('authorization', `Bearer ${this.token}`)
    return fetch(this.server + path, { ...init, headers: all })
  }

  async get<T>(path: string): Promise<T> {
    const answer = await this.fetch(path)
    expect(answer.status, path).toBe(200)
    return (await answer.json()) as T
  }

  list(kind: string, query = ''): Promise<Page> {
    return this.get<Page>(`/api/records/${kind}${query}`)
  }

  row(record: string): Promise<Row> {
    return this.get<Row>(`/api/records/${record}`)
  }

  /** The only row of the kind that this worker sees with that value. */
  async find(kind: string, field: string, value: string): Promise<Row> {
    const found: Row[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: Page = await this.list(
        kind,
        `?limit=500${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
      )
      found.push(...page.items.filter((row) => row[field] === value))
      cursor = page.cursor
    }
    expect(found, `${kind} with ${field} ${value}`).toHaveLength(1)
    return found[0] as Row
  }

  async ticket(): Promise<string> {
    const answer = await this.fetch('/api/ticket', { method: 'POST' })
    expect(answer.status).toBe(200)
    return ((await answer.json()) as { ticket: string }).ticket
  }

  async quarantine(): Promise<readonly Quarantined[]> {
    return (await this.get<{ items: Quarantined[] }>('/api/quarantine')).items
  }

  import(kind: string, text: string, query = '?mode=apply'): Promise<Response> {
    return this.fetch(`/api/import/${kind}${query}`, {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: text,
    })
  }
}

export function postJson(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
}

/** The organisation, served. */
export class World {
  readonly organisation: Organisation
  readonly #options: WorldOptions
  #running: RunningAmbit
  readonly #visitors = new Map<string, Visitor>()

  private constructor(organisation: Organisation, running: RunningAmbit, options: WorldOptions) {
    this.organisation = organisation
    this.#running = running
    this.#options = options
  }

  static async start(options: WorldOptions = {}): Promise<World> {
    const organisation = await makeOrganisation(options)
    return new World(organisation, await serve(organisation, options), options)
  }

  get url(): string {
    return this.#running.url
  }

  /** The worker's session; the same one each time. */
  async visitor(username: string): Promise<Visitor> {
    const known = this.#visitors.get(username)
    if (known) return known
    const visitor = await Visitor.signIn(this.url, username)
    this.#visitors.set(username, visitor)
    return visitor
  }

  /** Stops the server, and starts it on the same port and data. */
  async restart(how: 'stop' | 'kill'): Promise<void> {
    const { port } = new URL(this.url)
    await this.#running[how]()
    this.#running = await serve(this.organisation, {
      ...this.#options,
      serve: [...(this.#options.serve ?? []), '--port', port],
    })
  }

  async close(): Promise<void> {
    await this.#running.stop()
    await this.organisation.remove()
  }
}

function serve(organisation: Organisation, { env, serve: more = [] }: WorldOptions): Promise<RunningAmbit> {
  return startAmbit(['--data', organisation.data, '--no-demo', ...more], { env: { AMBIT_RATE: '0', ...env } })
}
