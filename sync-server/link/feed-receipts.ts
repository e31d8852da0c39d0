/**
 * Pages that are on their way to a device, and what their receipts prove: how far ahead the feed may run, and what the
 * device is known to hold.
 */
import { FEED_PAGES_AHEAD } from '../../core/protocol/limits.ts'
import type { Confirmed } from './device-scope.ts'

export interface FeedReceiptsOptions {
  readonly send: (frame: Uint8Array) => void
  /** Keeps what the device is known to hold; resolves when it is durable. */
  readonly save: (confirmed: Confirmed) => Promise<void>
  readonly onError: (error: unknown) => void
  /** What is known from before; null for a device that begins anew. */
  readonly confirmed: Confirmed | null
}

export class FeedReceipts {
  readonly #options: FeedReceiptsOptions
  #confirmed: Confirmed | null
  #isDirty = false
  #page = 0
  #sent: { readonly page: number; readonly after: Confirmed }[] = []

  constructor(options: FeedReceiptsOptions) {
    this.#options = options
    this.#confirmed = options.confirmed
  }

  get confirmed(): Confirmed | null {
    return this.#confirmed
  }

  /** Whether the device has answered enough to be sent more. */
  hasCredit(): boolean {
    return this.#sent.length < FEED_PAGES_AHEAD
  }

  /** `after` is what the device holds once it has committed this page. */
  send(frameOf: (page: number) => Uint8Array, after: Confirmed): void {
    const page = ++this.#page
    this.#sent.push({ page, after })
    this.#options.send(frameOf(page))
  }

  /** The device has committed this page and all before it; false where that is no news. */
  take(page: number): boolean {
    const proven = this.#sent.findLast((sent) => sent.page <= page)
    if (proven === undefined) return false
    this.#sent = this.#sent.filter((sent) => sent.page > page)
    const isFirst = this.#confirmed === null
    this.#confirmed = proven.after
    this.#isDirty = true
    if (isFirst) this.keep().catch(this.#options.onError)
    return true
  }

  /** Writes what is proven, where that is news. */
  async keep(): Promise<void> {
    if (!this.#isDirty || this.#confirmed === null) return
    this.#isDirty = false
    try {
      await this.#options.save(this.#confirmed)
    } catch (error) {
      this.#isDirty = true
      throw error
    }
  }

  /** Writes a scope that is about to be true, for receipts that never come. */
  async writeAhead(scopeOf: (known: Confirmed) => Confirmed['scope']): Promise<void> {
    if (this.#confirmed === null) return
    this.#confirmed = { ...this.#confirmed, scope: scopeOf(this.#confirmed) }
    await this.#options.save(this.#confirmed)
  }
}
