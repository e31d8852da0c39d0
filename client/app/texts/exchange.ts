/** Imports and exports. */
import { template } from '@solid-primitives/i18n'

export const exchange = {
  title: 'Imports and exports',
  section: 'Import & export',
  denied: 'You can’t import or export',
  importTitle: 'Import a file',
  exportTitle: 'Export',
  importLede: 'Nothing is changed before you have seen what would be.',
  kinds: {
    worker: 'Workers',
    group: 'Worker groups',
    membership: 'Group memberships',
    account: 'Accounts',
    contact: 'Contacts',
    address: 'Addresses',
  },
  contains: {
    worker: 'Logins with their rights, groups, filter and rep codes. Never a password.',
    group: 'Worker groups with what each allows and denies.',
    membership: 'Who is in which group, from when, until when: one a row.',
    account: 'The accounts that you see, with rep codes and notes.',
    contact: 'The contacts of these accounts, without House Contacts.',
    address: 'The shipping addresses of these accounts.',
  },
  download: 'Export',
  downloading: 'Preparing',
  downloadOf: template<{ kind: string }>('Export {{ kind }}'),
  downloaded: template<{ name: string }>('{{ name }} is in your downloads'),
  offlineTitle: 'Imports and exports need the server',
  offline:
    'There is no network. Files are compared with what the server holds, so this waits until it is back. Your edits on this device go on.',
  toWorkers: 'Edit workers here instead',
  needsNetwork: 'Needs a network.',

  steps: 'Steps of an import',
  step: { file: 'File', columns: 'Columns', check: 'Check', done: 'Done' },

  drop: 'Choose a CSV file',
  dropWide: 'Choose a CSV file, or drop it here',
  dropNote:
    'CSV in UTF-8, separated by commas. Workers, groups, memberships, accounts, contacts or addresses.',
  readingFile: 'Reading the file',
  emptyFile: template<{ name: string }>('{{ name }} is empty, or could not be read on this device.'),
  badFile: template<{ name: string; row: string; message: string }>(
    '{{ name }}, row {{ row }}: {{ message }}',
  ),
  badFileWhole: template<{ name: string; message: string }>('{{ name }}: {{ message }}'),
  semicolons:
    'This file has one column with semicolons in it. Save it with commas between the columns, then choose it again.',
  otherFile: 'Other file',
  rows: { one: '{count} row', other: '{count} rows' },
  columnsCount: { one: '{count} column', other: '{count} columns' },
  whatIsIt: 'What is in it',
  chooseKind: 'Say what is in the file.',
  decideFirst: 'Decide every column first.',
  keyMissing: template<{ column: string }>('Rows are matched on {{ column }}: say which column that is.'),

  undecidedTitle: { one: '{count} column to decide', other: '{count} columns to decide' },
  undecidedNote: 'Nothing here is called so. Say what it is, or leave it out.',
  matchedTitle: { one: '{count} column is known', other: '{count} columns are known' },
  leftOut: { one: '{count} is left out', other: '{count} are left out' },
  leave: 'Leave out',
  decide: 'Decide',
  noSample: 'Empty in the first rows',
  noName: template<{ number: string }>('Column {{ number }}, without a name'),
  homeless: template<{ why: string }>('Nothing is kept of it: {{ why }}.'),
  clears: 'An empty cell clears what is there. A column that is left out changes nothing.',

  check: 'Check the file',
  checkNote: 'Nothing is changed yet.',
  checking: 'Checking every row against what is there',
  applying: 'Applying',
  sending: 'Sending the file',
  stayHere: 'All of it or nothing. It goes on if you leave, but then you do not see the end.',
  cancel: 'Cancel',

  counts: 'What the file would do',
  addedCount: { one: 'new record', other: 'new records' },
  addedMemberships: { one: 'new membership', other: 'new memberships' },
  changedCount: { one: 'changed row', other: 'changed rows' },
  cellsCount: { one: 'changed cell', other: 'changed cells' },
  removalsCount: { one: 'right or membership taken away', other: 'rights and memberships taken away' },
  unchangedCount: { one: 'row as it is already', other: 'rows as they are already' },
  errorsCount: { one: 'row or cell that is wrong', other: 'rows or cells that are wrong' },
  nothing: 'Everything in the file is so already.',
  nothingNote: 'There is nothing to apply.',

  errorsTitle: { one: '{count} thing is wrong', other: '{count} things are wrong' },
  errorsNote: 'Nothing of the file can be applied before they are put right, in the file or in its columns.',
  row: template<{ row: string }>('Row {{ row }}'),
  moreErrors: { one: 'and {count} more', other: 'and {count} more' },

  changesTitle: 'Changes by row',
  new: 'New',
  changed: 'Changed',
  gone: 'Taken away:',
  come: 'Added:',
  staying: { one: '{count} stays', other: '{count} stay' },
  cleared: 'Cleared',
  showMore: { one: 'Show {count} more', other: 'Show {count} more' },
  firstOnly: template<{ shown: string; total: string }>(
    'The first {{ shown }} of {{ total }} rows are shown; the counts are of all.',
  ),

  touchedTitle: 'Whom it touches',
  nobody: 'Nobody gains or loses a right or an account.',

  takeAway: 'Take these rights away',
  takeAwayHint: {
    one: '{count} right or membership in red goes. Without the tick nothing is applied.',
    other: '{count} rights and memberships in red go. Without the tick nothing is applied.',
  },
  tickFirst: 'Tick that the rights in red may go.',
  errorsFirst: 'Put right what is wrong first.',
  apply: { one: 'Apply {count} change', other: 'Apply {count} changes' },
  applyNothing: 'Apply',
  back: 'Back to the columns',

  doneTitle: 'Imported',
  doneNote: template<{ name: string }>('All of {{ name }} was applied as one change.'),
  another: 'Import another file',
  undo: 'Undo this import',
  undoTitle: 'Undo this import?',
  undoText:
    'Everything it changed goes back to what it was; records that it made are disabled. Passwords stay as they are now.',
  undoKept: {
    one: '{count} field was changed since and stays as it is.',
    other: '{count} fields were changed since and stay as they are.',
  },
  undone: 'The import is undone',
  undoneNote: 'What it changed is as it was before.',

  lost: 'The server did not answer. Nothing was changed.',
  lostWhileApplying:
    'The connection broke before the answer came. Check the file again: what was applied shows as unchanged.',
  unreachable: 'The server cannot be reached. Nothing was changed.',
}
