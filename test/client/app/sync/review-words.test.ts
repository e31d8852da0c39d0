/** What a reviewer reads of an edit: one that was refused, one that a restored server lost (D21, L20). */
import { expect, test } from 'vitest'
import type { ReviewItem } from '../../../../client/app/sync/review.ts'
import {
  acceptWords,
  labelWords,
  marks,
  whenWords,
  wordHint,
} from '../../../../client/app/sync/review-words.ts'

const now = Date.UTC(2026, 0, 15, 12)
const at = new Date(now).toISOString()
const refused: ReviewItem = {
  id: 'q1',
  record: 'account/oak',
  worker: 'rhea',
  at,
  writtenAt: at,
  sentence: 'You may not.',
  changes: [],
  creates: false,
  isWhole: true,
  title: 'Oak Ltd',
  stands: [],
  askedAt: null,
  beforePolicy: null,
}
const found: ReviewItem = {
  ...refused,
  worker: 'max',
  writtenAt: null,
  recovered: { device: 'd1', author: 'rhea' },
}

test('[D21] a refused edit names its author, who is told of it', () => {
  const names = { title: 'Oak Ltd', name: 'Rhea Rossi', author: undefined }
  expect(labelWords(refused, names, now)).toContain('written by Rhea Rossi')
  expect(marks(refused, names)).toEqual(['Rhea Rossi was told: “You may not.”'])
  expect(acceptWords(refused, names)).toContain('Rhea Rossi is told')
  expect(wordHint(refused, names)).toContain('Rhea Rossi reads this')
})

test('[L20] what a restore lost names whose device found it, and its author only as a guess; nobody is told', () => {
  const names = { title: 'Oak Ltd', name: 'Max Meyer', author: 'Rhea Rossi' }
  expect(labelWords(found, names, now)).toContain('lost when the server was restored')
  expect(whenWords(found, names, now)).toContain('The device of Max Meyer still had it')
  expect(marks(found, names)).toEqual(['It seems to have been written by Rhea Rossi.'])
  expect(marks(found, { ...names, author: undefined })).toEqual(['Who wrote it is not known.'])
  expect(acceptWords(found, names)).not.toContain('told')
  expect(wordHint(found, names)).not.toContain('Max Meyer')
})
