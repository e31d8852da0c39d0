/**
 * What everything on this device is told in: the organisation's features, who may change things, what fields are called,
 * and who reads.
 *
 * One signal for the page, set by the portal that is open, as texts are: sentences are made in many places, and each
 * would have to be handed the same things.
 */
import { createSignal } from 'solid-js'
import type { ChangersByFeature } from '../../core/access/changers.ts'
import type { Principal } from '../../core/access/types.ts'
import { type Catalogue, shippedCatalogue } from '../../core/catalogue/features.ts'
import { type LabelsByField, shippedLabels } from '../../core/records/portal-words.ts'

export interface Surroundings {
  readonly catalogue: Catalogue
  readonly changers: ChangersByFeature
  /** Labels that are not the shipped ones; read by `fieldLabel`. */
  readonly labels: LabelsByField
  /** The reader, who is not told to ask themself. */
  readonly workerId: string
  /** The reader's rights, once they are known: what may be opened is a link. */
  readonly principal: Principal | null
}

const nobody: Surroundings = {
  catalogue: shippedCatalogue,
  changers: new Map(),
  labels: shippedLabels,
  workerId: '',
  principal: null,
}

const [surroundings, setSurroundings] = createSignal<Surroundings>(nobody)

export { surroundings, setSurroundings }
