/**
 * Words in the reader's language: `t('common.close')`, typed keys, templates filled in.
 *
 * Numbers, dates and plurals go through `Intl`, in format.ts. A further language is a file with the shape of
 * `texts/en.ts`, loaded on demand and handed to `setTexts`.
 */
import { type Flatten, flatten, resolveTemplate, translator } from '@solid-primitives/i18n'
import { createSignal } from 'solid-js'
import { en } from './texts/en.ts'

export type Texts = typeof en

const [texts, setFlatTexts] = createSignal<Flatten<Texts>>(flatten(en))

/** The text for a key; tracked, so that a change of language shows at once. */
export const t = translator(texts, resolveTemplate)

export function setTexts(next: Texts): void {
  setFlatTexts(() => flatten(next))
}
