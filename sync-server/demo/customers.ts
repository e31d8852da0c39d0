/** The demo's accounts with their contacts, addresses and notes, dealt out to the reps of their territory. */
import type { NewRecord } from '../seed/create-all.ts'
import type { Rep } from './people.ts'
import type { DemoRandom } from './random.ts'
import {
  businessTypes,
  contactJobs,
  firstNames,
  lastNames,
  notes,
  regions,
  shopPatterns,
  specialties,
  streets,
} from './words.ts'

export function makeCustomers(random: DemoRandom, reps: readonly Rep[], count: number): readonly NewRecord[] {
  const names = new Set<string>()
  return Array.from({ length: count }, (_, index) => customer(random, reps, names, index)).flat()
}

function customer(random: DemoRandom, reps: readonly Rep[], names: Set<string>, index: number): NewRecord[] {
  const region = random.pick(regions)
  const town = random.pick(region.towns)
  const zip = `${region.zipPrefix}${1 + random.integer(28)} ${1 + random.integer(9)}${letters(random, 2)}`
  const individual = random.chance(0.12)
  const name = newName(random, names, individual ? '{first} {last}' : random.pick(shopPatterns), town)
  const id = random.id()
  const place = {
    city: town,
    state: region.state,
    stateName: region.stateName,
    zip,
    country: 'GB',
    countryName: 'United Kingdom',
  }

  const account: NewRecord = {
    kind: 'account',
    id,
    fields: {
      aId: `A${String(10_001 + index)}`,
      name,
      accountKind: individual ? 'individual' : 'company',
      repCodes: codesFor(
        random,
        reps.filter((rep) => rep.territory === region.territory),
      ),
      phone: phone(random),
      territory: region.territory,
      country: 'GB',
      state: region.state,
      zip,
      active: random.chance(0.97),
      ...(!individual && {
        businessType: random.pick(businessTypes),
        specialty: random.pick(specialties),
        annualSales: (1 + random.integer(60)) * 25_000,
        employees: 1 + random.integer(80),
        yearOpened: 1950 + random.integer(74),
      }),
      ...(random.chance(0.15) && { notes: random.pick(notes) }),
    },
  }

  const contactCount = individual ? 1 : 1 + random.integer(3)
  const contacts = Array.from({ length: contactCount }, (_, at): NewRecord => {
    const [firstName, lastName] = individual
      ? (name.split(' ') as [string, string])
      : [random.pick(firstNames), random.pick(lastNames)]
    return {
      kind: 'contact',
      id: random.id(),
      fields: {
        externalId: `C${index + 1}-${at + 1}`,
        accountId: id,
        firstName,
        lastName,
        ...(!individual && { jobTitle: random.pick(contactJobs) }),
        email: `${plain(firstName)}.${plain(lastName)}@shop${index + 1}.example`,
        phone: phone(random),
      },
    }
  })

  const labels = random.chance(0.25) ? ['Main Office', 'Yard'] : ['Main Office']
  const addresses = labels.map(
    (label, at): NewRecord => ({
      kind: 'address',
      id: random.id(),
      fields: {
        externalId: `D${index + 1}-${at + 1}`,
        accountId: id,
        label: individual ? 'Home' : label,
        line1: `${1 + random.integer(140)} ${random.pick(streets)}`,
        ...place,
      },
    }),
  )
  return [account, ...contacts, ...addresses]
}

/** Most accounts have one rep, some two, a few none yet. */
function codesFor(random: DemoRandom, reps: readonly Rep[]): string[] {
  if (random.chance(0.04)) return []
  const first = random.pick(reps).code
  return random.chance(0.06) ? [...new Set([first, random.pick(reps).code])] : [first]
}

function newName(random: DemoRandom, taken: Set<string>, pattern: string, town: string): string {
  const name = pattern.replaceAll(/\{(\w+)\}/g, (_, part: string) =>
    part === 'town' ? town : random.pick(part === 'first' ? firstNames : lastNames),
  )
  // A town has one garden centre, a county one Ashworth's Hardware; the next one says more.
  if (taken.has(name))
    return newName(
      random,
      taken,
      pattern.includes('{town}') ? `{last}’s ${pattern}` : `${pattern}, {town}`,
      town,
    )
  taken.add(name)
  return name
}

function phone(random: DemoRandom): string {
  return `01632 96${String(random.integer(10_000)).padStart(4, '0')}`
}

function letters(random: DemoRandom, count: number): string {
  return Array.from({ length: count }, () => random.pick([...'ABDEFGHJLNPQRSTUWXYZ'])).join('')
}

function plain(name: string): string {
  return name.normalize('NFKD').replaceAll(/[^\w]/g, '').toLowerCase()
}
