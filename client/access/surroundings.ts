/**
 * What every explanation on this device is told in: the organisation's features, who may change things, and who reads.
 *
 * One signal for the page, set by the portal that is open, as texts are: sentences are made in many places, and each
 * would have to be handed the same three things.
 */
import { createSignal } from 'solid-js'
import type { ChangersByFeature } from '../../core/access/changers.ts'
import { type Catalogue, shippedCatalogue } from '../../core/catalogue/features.ts'

export interface Surroundings {
  readonly catalogue: Catalogue
  readonly changers: ChangersByFeature
  /** The reader, who is not told to ask themself. */
  readonly workerId: string
}

const nobody: Surroundings = { catalogue: shippedCatalogue, changers: new Map(), workerId: '' }

const [surroundings, setSurroundings] = createSignal<Surroundings>(nobody)

export { surroundings, setSurroundings }
