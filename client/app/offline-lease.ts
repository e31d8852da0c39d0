/** How long this device may show its data without meeting the server (W-e, B5). */
import type { Device } from '../replica/stored.ts'

/** 14 days: DESIGN 1. */
export const OFFLINE_LEASE_MS = 14 * 24 * 60 * 60 * 1_000

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
