/** How long this device may show its data without meeting the server (W-e, B5). */
import type { Row } from '../../core/records/kind-spec.ts'
import { offlineLeaseMs } from '../../core/records/settings.ts'
import type { Device } from '../replica/stored.ts'

export interface Lease {
  /** This device's clock, milliseconds; null before the device has met the server. */
  readonly endsAt: number | null
  readonly ended: boolean
}

export function leaseOf(device: Device | undefined, settings: Row | null, now: number): Lease {
  if (device?.metAt === undefined || device.metAt === null) return { endsAt: null, ended: false }
  const endsAt = device.metAt + offlineLeaseMs(settings)
  return { endsAt, ended: now >= endsAt }
}
