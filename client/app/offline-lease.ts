/** How long this device may show its data without meeting the server (W-e, B5). */
import { OFFLINE_LEASE_MS } from '../../core/protocol/limits.ts'
import type { Device } from '../replica/stored.ts'

export interface Lease {
  /** This device's clock, milliseconds; null before the device has met the server. */
  readonly endsAt: number | null
  readonly ended: boolean
}

export function leaseOf(device: Device | undefined, now: number): Lease {
  if (device?.metAt === undefined || device.metAt === null) return { endsAt: null, ended: false }
  const endsAt = device.metAt + OFFLINE_LEASE_MS
  return { endsAt, ended: now >= endsAt }
}
