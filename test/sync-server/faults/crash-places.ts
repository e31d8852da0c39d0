/** Where a server is killed between an edit's arrival and its publication, in the order of its way. */
export const crashPlaces = [
  'before-commit',
  'half-written',
  'inside-transaction',
  'after-commit',
  'before-publication',
  'before-answer',
  'after-answer',
] as const
export type CrashPlace = (typeof crashPlaces)[number] | 'never'
