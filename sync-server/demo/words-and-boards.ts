/**
 * What the demo says of itself: a board on everybody's home screen, other words for one worker, campaigns, and a right of
 * the organisation's own.
 */
import { labelEntry } from '../../core/records/label-set.ts'
import type { NewRecord } from '../seed/create-all.ts'

/** The right that the organisation registered, and a group of people.ts gives. */
export const lendToolsRight = 'SU-LEND-DEMO-TOOLS'
export const tradeCounterWords = 'trade-counter-words'
const noticeBoard = 'notice-board'
const DAY_MS = 24 * 60 * 60 * 1_000

export const wordsAndCampaigns: readonly NewRecord[] = [
  {
    kind: 'label-set',
    id: tradeCounterWords,
    fields: {
      name: 'Trade counter words',
      labels: {
        [labelEntry('account', 'specialty')]: 'Range',
        [labelEntry('account', 'annualSales')]: 'Turnover in a year',
        [labelEntry('account', 'yearOpened')]: 'Trading since',
      },
    },
  },
  { kind: 'campaign', id: 'spring-tools', fields: { code: 'SPRING-TOOLS', name: 'Spring tool show' } },
  { kind: 'campaign', id: 'garden-week', fields: { code: 'GARDEN-WEEK', name: 'Garden week mailing' } },
]

/** `now` in milliseconds: notices are as old as they read. */
export function boardAt(now: number): NewRecord {
  const daysAgo = (days: number) => new Date(now - days * DAY_MS).toISOString()
  return {
    kind: 'board',
    id: noticeBoard,
    fields: {
      name: 'Notice board',
      notices: {
        stocktaking: {
          title: 'Stocktaking on the last Friday',
          body: 'The warehouse ships nothing that day. Orders placed before Thursday noon leave in time.',
          at: daysAgo(1),
        },
        catalogue: {
          title: 'The new garden catalogue is here',
          body: 'Ask the trade counter for a box of fifty.',
          at: daysAgo(6),
        },
      },
    },
  }
}

export const demoSettings = {
  defaultBoard: noticeBoard,
  customRights: { [lendToolsRight]: { label: 'Lend demo tools', workspace: 'crm' } },
} as const
