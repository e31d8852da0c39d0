/** What the rules ask for and no code of ours does, or need not: nothing can be taken out. */
import type { NotThere } from '../taken-out.ts'

export const notThere: readonly NotThere[] = [
  {
    gate: 7,
    clause: 'territory of an account',
    why: 'No key and no restriction reads it yet. It is declared as feeding scope all the same.',
  },
  { gate: 7, clause: '`by` and `at` of log entries', why: 'No kind of record has a log yet.' },
  {
    gate: 18,
    clause: 'awareness binds no clientID',
    why: 'Presence keeps its own table and writes no lease.',
  },
  {
    gate: 26,
    clause: 'all of it',
    why: 'Nothing is encrypted on the device, so that no transaction waits for WebCrypto.',
  },
  {
    gate: 28,
    clause: 'a cache for each worker',
    why: 'The one cache is the app’s own files; it holds nothing of anybody’s.',
  },
  {
    gate: 29,
    clause: 'until the server’s backup watermark has passed them',
    why: 'The server tells no watermark. Devices keep merged entries for 30 days.',
  },
  {
    gate: 31,
    clause: 'a restored server ends tickets',
    why: 'They live in memory and die with the process.',
  },
  { gate: 31, clause: 'a restored server replays erasures', why: 'There are none to replay (37).' },
  {
    gate: 35,
    clause: 'links only http, https, mailto, tel',
    why: 'No field holds an address of the web. Telephone and e-mail are in the table above.',
  },
  { gate: 35, clause: 'previews are sandboxed', why: 'There are no previews and no files.' },
  { gate: 37, clause: 'all of it', why: 'Erasure is not built.' },
]
