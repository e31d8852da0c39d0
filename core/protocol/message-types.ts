/**
 * Numbers of our messages on a y-websocket socket. 0 to 3 are y-protocols' own (sync, awareness, auth, query
 * awareness). The numbers never change meaning; a message that changes gets a new number or a new version.
 */
export const messageTypes = {
  hello: 64,
  welcome: 65,
  feed: 66,
  received: 67,
  push: 68,
  verdict: 69,
  revoke: 70,
  policy: 71,
  settled: 72,
  drain: 73,
  wipe: 74,
  wiped: 75,
  conflicts: 76,
  found: 77,
  taken: 78,
} as const
export type MessageName = keyof typeof messageTypes

/**
 * The version of the wire as a whole, sent in hello. A server that no longer speaks it says so.
 *
 * 2: `welcome` and `policy` bring the names of those who may change what a denial names; reasons have words of their own
 *    for their details; `hello` tells of what waits in the outbox and asks what became of refused edits, `settled`
 *    answers; `conflicts` tells whose value was replaced; `drain`, `wipe` and `wiped` end the stay of a worker who is
 *    no longer live; `found` and `taken` bring to a restored server what it lost.
 * 3: `hello` may say what sort of device it is; `drain` says whether the worker or the device is over; records may be
 *    label sets, boards and campaigns.
 */
export const PROTOCOL_VERSION = 3
