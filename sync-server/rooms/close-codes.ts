/**
 * Why the server closes a socket: a number that clients act on and a fixed code for logs (DESIGN 8, GATE 20).
 *
 * Stock clients take 4400 to 4499 as final and come back after everything else. Codes stay under the 123 bytes that a
 * close frame has room for, and never hold a name or a value.
 */
export const closeCodes = {
  goingAway: 1001,
  frameTooLarge: 1009,
  tryAgainLater: 1013,
  violation: 4400,
  signedOut: 4401,
  refused: 4403,
  unreadable: 4404,
  replaced: 4409,
  tooMany: 4429,
} as const
export type CloseCode = (typeof closeCodes)[keyof typeof closeCodes]
