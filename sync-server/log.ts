/** Structured logs without secrets: what could hold one is cut out, wherever it stands. */
import { type Logger as PinoLogger, pino } from 'pino'
import type { Config } from './config.ts'

export type Logger = Pick<PinoLogger, 'debug' | 'info' | 'warn' | 'error'>

export function createLogger(level: Config['logLevel']): Logger {
  return pino({
    level,
    redact: {
      paths: ['password', 'token', 'ticket', 'secret', 'authorization', 'cookie'].flatMap((name) => [
        name,
        `*.${name}`,
      ]),
      censor: '[removed]',
    },
  })
}
