/**
 * Who is there, and where the feed goes on (L1, GATE 22).
 *
 * A device that the server does not know, or that does not know its secret, is a new device: it gets an id, a secret
 * and a lease, and loses nothing, because its outbox is its own. Its records are built anew when the server cannot
 * tell what it holds: another history, another chain, nothing confirmed, or a device set back behind what it once
 * confirmed.
 */
import type { Hello } from '../../core/protocol/hello.ts'
import { newSecret, hashSecret, secretMatches } from '../http/secrets.ts'
import type { Device, Storage } from '../storage/storage.ts'
import { type Confirmed, confirmedOf } from './device-scope.ts'
import { takeLease } from './take-lease.ts'

export interface HelloDependencies {
  readonly storage: Storage
  readonly history: string
  readonly now: () => number
  readonly newId: () => string
  /** A random clientID: 32 bits, not 0. */
  readonly newClientId: () => number
}

export interface Greeting {
  readonly device: Device
  /** Only for a new device. */
  readonly secret: string | null
  /** Null: the device rebuilds, from number 0. */
  readonly resumes: { readonly number: number; readonly confirmed: Confirmed } | null
}

export async function sayHello(deps: HelloDependencies, workerId: string, hello: Hello): Promise<Greeting> {
  const { storage, now } = deps
  const known = await knownDevice(storage, workerId, hello)
  if (known === null) return greetNew(deps, workerId, hello)
  const resumes = await resumption(deps, known, hello)
  const lease = await usableLease(deps, known)
  const device: Device = {
    ...known,
    lease,
    confirmed: resumes?.confirmed ?? null,
    seenAt: now(),
    ...(hello.label !== undefined && { label: hello.label }),
  }
  await storage.saveDevice(device)
  await storage.saveUnsent(device.id, hello.unsent)
  return { device, secret: null, resumes }
}

export async function knownDevice(
  storage: Storage,
  workerId: string,
  { device }: Hello,
): Promise<Device | null> {
  if (device === null) return null
  const stored = await storage.device(device.id)
  if (stored === null || stored.workerId !== workerId) return null
  return secretMatches(device.secret, stored.secretHash) ? stored : null
}

async function greetNew(
  deps: HelloDependencies,
  workerId: string,
  { unsent, label }: Hello,
): Promise<Greeting> {
  const { storage, now, newId } = deps
  const secret = newSecret()
  const id = newId()
  const lease = await takeLease(deps, workerId, id)
  const at = now()
  const secretHash = hashSecret(secret)
  const device: Device = {
    id,
    workerId,
    secretHash,
    lease,
    confirmed: null,
    createdAt: at,
    seenAt: at,
    ...(label !== undefined && { label }),
  }
  await storage.saveDevice(device)
  await storage.saveUnsent(id, unsent)
  return { device, secret, resumes: null }
}

async function resumption(
  { storage, history }: HelloDependencies,
  device: Device,
  hello: Hello,
): Promise<Greeting['resumes']> {
  const confirmed = confirmedOf(device)
  if (confirmed === null || hello.history !== history || hello.number < confirmed.number) return null
  const isSameChain = hello.number === 0 || (await storage.chainAt(hello.number)) === hello.chain
  return isSameChain ? { number: hello.number, confirmed } : null
}

async function usableLease(deps: HelloDependencies, { id, workerId, lease }: Device): Promise<number> {
  const stored = (await deps.storage.leases([lease])).get(lease)
  const isGood = stored !== undefined && !stored.burnt && stored.deviceId === id
  return isGood ? lease : takeLease(deps, workerId, id)
}
