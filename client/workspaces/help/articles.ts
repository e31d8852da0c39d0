/** What the help page answers. Short: a question, and what to do. */

export interface Article {
  readonly id: string
  readonly title: string
  readonly paragraphs: readonly string[]
}

export const articles: readonly Article[] = [
  {
    id: 'offline',
    title: 'Working without a network',
    paragraphs: [
      'Everything you can see is on this device. Open, search and change it as always; what you write is saved here at once and sent when the network is back.',
      'A device works for 14 days without meeting the server. Then it asks for one connection before it shows your data again.',
    ],
  },
  {
    id: 'sync',
    title: 'What the sync state says',
    paragraphs: [
      'Waiting: saved on this device, not sent yet. Merged: the server has it. Refused: the server did not accept it, and what you typed is kept.',
      'Press the sync state to see what waits, what was refused and why, and where somebody else changed the same field.',
    ],
  },
  {
    id: 'refused',
    title: 'When an edit was refused',
    paragraphs: [
      'Rights are decided when an edit arrives. If yours changed while you were offline, the edit is kept on the Sync screen with the reason.',
      'Try again once the reason is gone, copy what you typed and send it to somebody who may change it, or discard it.',
    ],
  },
  {
    id: 'accounts',
    title: 'Which accounts you see',
    paragraphs: [
      'The Customer Account Filter of your login decides, also called Accounts Query Type: accounts with one of your rep codes, accounts mapped to you, your own account, or all of them.',
      'Open an account and choose Access to see why it is there, and who else can see it.',
    ],
  },
  {
    id: 'locked',
    title: 'Why a field is locked',
    paragraphs: [
      'A lock means that you may read and not change. Press “Why can’t I change this?” to see the rule that decides and who can change it.',
      'Rep codes and A_ID come from the ERP and are written by imports.',
    ],
  },
  {
    id: 'house',
    title: 'What a House Contact is',
    paragraphs: [
      'Every account has one. It stands in for the account itself when no person is meant. The system makes it and keeps it.',
    ],
  },
]
