/** The demo organisation: a fictional wholesaler of tools and garden goods, made from a seed in seconds. */
import { demoLoginsKey } from '../http/demo.ts'
import { hashPassword } from '../http/passwords.ts'
import type { Organisation } from '../organisation.ts'
import { createAll } from '../seed/create-all.ts'
import { seedPreconfigured } from '../seed/preconfigured.ts'
import { makeCustomers } from './customers.ts'
import { makePeople } from './people.ts'
import { createDemoRandom } from './random.ts'
import { boardAt, demoSettings, wordsAndCampaigns } from './words-and-boards.ts'

const seed = 20_261
const accountCount = 600

export async function makeDemoOrganisation({ gate, storage, now }: Organisation): Promise<void> {
  const random = createDemoRandom(seed)
  const people = makePeople(random)
  await createAll(gate, [boardAt(now()), ...wordsAndCampaigns])
  await seedPreconfigured(gate, 'Thistle & Rowe Wholesale', demoSettings)
  await createAll(gate, people.records)
  await createAll(gate, makeCustomers(random, people.reps, accountCount))

  for (const { workerId, password } of people.logins)
    await storage.saveCredential({ workerId, passwordHash: await hashPassword(password), mustChange: false })
  const shown = people.logins.map(({ username, password, role }) => ({ username, password, role }))
  await storage.saveMeta(demoLoginsKey, JSON.stringify(shown))
}
