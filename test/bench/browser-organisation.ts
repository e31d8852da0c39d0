/**
 * An organisation for the bench in a browser: AdventureWorks where its files are here, else made-up records of the same
 * size. Brought in by the command line and served by a process of its own.
 */
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runAmbit, type RunningAmbit, startAmbit } from '../support/ambit-process.ts'

export const benchPassword = 'a long password for a bench'

export interface BenchOrganisation {
  readonly server: RunningAmbit
  /** Sees every account. */
  readonly all: string
  /** Sees the accounts of one rep code. */
  readonly rep: string
  /** Accounts, their contacts, House Contacts and addresses; without workers and groups. */
  readonly records: number
  readonly repAccounts: number
  /** Words as somebody would look for an account. */
  readonly words: readonly string[]
}

const adventureWorks = join(import.meta.dirname, '../../../shared/data/adventureworks')

export async function openBenchOrganisation(
  folder: string,
  note: (text: string) => void,
): Promise<BenchOrganisation> {
  const isHere = existsSync(adventureWorks)
  const source = isHere ? adventureWorks : join(folder, 'source')
  if (!isHere) await writeSource(source)
  note(isHere ? 'the AdventureWorks files' : 'made-up records: the AdventureWorks files are not here')
  const data = ['--data', join(folder, 'data')]
  await ambit(['init', ...data, '--admin', 'ada'])
  await ambit(['import', source, ...data])
  const [all, rep] = isHere ? (['ken0', 'michael9'] as const) : (['boss', 'rep'] as const)
  for (const username of [all, rep]) await ambit(['password', username, ...data], `${benchPassword}\n`)
  const server = await startAmbit(data)
  return {
    server,
    all,
    rep,
    records: 76_827,
    repAccounts: 77,
    words: isHere ? ['bike', 'cycle', 'sports', 'johnson', 'garcia'] : ['oak', 'maple', 'works', 'cedar'],
  }
}

async function ambit(args: readonly string[], input = ''): Promise<void> {
  const done = await runAmbit(args, { env: { AMBIT_ADMIN_PASSWORD: benchPassword }, input })
  if (done.code !== 0) throw new Error(`ambit ${args[0]}: ${done.stderr}`)
}

const ACCOUNTS = 19_185
const CONTACTS = 19_237
const ADDRESSES = 19_220
const firstWords = ['Oak', 'Ash', 'Elm', 'Birch', 'Cedar', 'Maple', 'Willow', 'Acacia', 'Hazel', 'Rowan']
const lastWords = ['Ltd', 'Inc', 'Sports', 'Cycles', 'Outfitters', 'Works', 'Stores', 'Trading']

async function writeSource(folder: string): Promise<void> {
  await mkdir(folder)
  const account = (n: number) => `A-${n % ACCOUNTS}`
  const oneOf = (words: readonly string[], n: number) => words[n % words.length] ?? ''
  await writeCsv(
    folder,
    'workers',
    'username,c_f_nm,authorized_rep_codes,user_type,accounts_query_type',
    2,
    (n) => (n === 0 ? 'boss,Bo,,global_user,all' : 'rep,Rhea,R1,account_manager,rep'),
  )
  await writeCsv(folder, 'accounts', 'a_id,name,kind,rep_codes,territory,country', ACCOUNTS, (n) => {
    const name = `${oneOf(firstWords, n)} ${oneOf(lastWords, n >> 3)} ${n}`
    return `${account(n)},${name},company,${n < 77 ? 'R1' : `R${2 + (n % 240)}`},Northwest,US`
  })
  await writeCsv(folder, 'contacts', 'contact_id,a_id,first_name,last_name,email,phone', CONTACTS, (n) => {
    return `C-${n},${account(n)},${oneOf(firstWords, n)},${oneOf(lastWords, n)},c${n}@example.com,555 ${n}`
  })
  await writeCsv(folder, 'addresses', 'address_id,a_id,line1,city,country', ADDRESSES, (n) => {
    return `D-${n},${account(n)},${n} High Street,Seattle,US`
  })
}

async function writeCsv(
  folder: string,
  name: string,
  header: string,
  count: number,
  line: (n: number) => string,
): Promise<void> {
  const lines = Array.from({ length: count }, (_, n) => line(n))
  await writeFile(join(folder, `${name}.csv`), `${[header, ...lines].join('\n')}\n`)
}
