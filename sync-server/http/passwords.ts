/**
 * Passwords: argon2id with its parameters and salt in one PHC string, compared in constant time.
 *
 * 19 MiB and two passes are OWASP's first recommendation for argon2id; about 40 ms here.
 */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from '../../core/protocol/limits.ts'
import type { Storage } from '../storage/storage.ts'
import { settingsRow } from './settings-row.ts'

const argon2Async = promisify(argon2)

const parameters = { memory: 19 * 1024, passes: 2, parallelism: 1, tagLength: 32 } as const
const saltLength = 16

/** Null when the password may be used; otherwise the sentence that says why not. `lengthMin` in characters. */
export function passwordProblem(password: string, lengthMin = PASSWORD_LENGTH_MIN): string | null {
  const length = [...password].length
  if (length < lengthMin) return `A password has at least ${lengthMin} characters; this one has ${length}.`
  if (length > PASSWORD_LENGTH_MAX) return `A password has at most ${PASSWORD_LENGTH_MAX} characters.`
  return null
}

/** As this organisation asks for: its settings may want more characters than the product does, never fewer. */
export async function passwordProblemIn(
  storage: Pick<Storage, 'load'>,
  password: string,
): Promise<string | null> {
  return passwordProblem(password, await passwordLengthMin(storage))
}

/** Characters that a password of this organisation has at least. */
export async function passwordLengthMin(storage: Pick<Storage, 'load'>): Promise<number> {
  const wanted = (await settingsRow(storage))?.passwordLengthMin
  return typeof wanted === 'number' ? Math.max(wanted, PASSWORD_LENGTH_MIN) : PASSWORD_LENGTH_MIN
}

export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(saltLength)
  const tag = await derive(password, nonce, parameters)
  const { memory, passes, parallelism } = parameters
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${nonce.toString('base64url')}$${tag.toString('base64url')}`
}

/**
 * A missing or broken hash costs the same time as a wrong password, so that the answer's delay does not tell which
 * usernames exist.
 */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const stored = hash === null ? null : parseHash(hash)
  const tag = await derive(password, stored?.nonce ?? Buffer.alloc(saltLength), stored ?? parameters)
  return stored !== null && tag.length === stored.tag.length && timingSafeEqual(tag, stored.tag)
}

interface Cost {
  readonly memory: number
  readonly passes: number
  readonly parallelism: number
}

function derive(password: string, nonce: Buffer, { memory, passes, parallelism }: Cost): Promise<Buffer> {
  const message = password.normalize('NFC').slice(0, PASSWORD_LENGTH_MAX)
  return argon2Async('argon2id', {
    message,
    nonce,
    memory,
    passes,
    parallelism,
    tagLength: parameters.tagLength,
  }) as Promise<Buffer>
}

function parseHash(hash: string): (Cost & { nonce: Buffer; tag: Buffer }) | null {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w-]+)\$([\w-]+)$/.exec(hash)
  if (!match) return null
  const [, memory, passes, parallelism, nonce = '', tag = ''] = match
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    nonce: Buffer.from(nonce, 'base64url'),
    tag: Buffer.from(tag, 'base64url'),
  }
}
