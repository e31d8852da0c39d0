/** A connected device as the storage has it: what changes of it is written one after the other, in order. */
import type { Device, Storage } from '../storage/storage.ts'

export interface KeptDeviceDependencies {
  readonly storage: Pick<Storage, 'saveDevice'>
  readonly now: () => number
}

export class KeptDevice {
  readonly #deps: KeptDeviceDependencies
  #device: Device
  #saving: Promise<void> = Promise.resolve()

  constructor(deps: KeptDeviceDependencies, device: Device) {
    this.#deps = deps
    this.#device = device
  }

  /** As it is now, also where that is not written yet. */
  get now(): Device {
    return this.#device
  }

  /** Resolves when it is durable. */
  save(change: Partial<Pick<Device, 'confirmed' | 'lease' | 'wipedAt'>>): Promise<void> {
    const device: Device = { ...this.#device, ...change, seenAt: this.#deps.now() }
    this.#device = device
    const saved = this.#saving.then(() => this.#deps.storage.saveDevice(device))
    // The one who asked is told; those who come after write their own.
    this.#saving = saved.catch(() => {})
    return saved
  }

  /** Resolves when nothing is being written any more. */
  idle(): Promise<void> {
    return this.#saving
  }
}
