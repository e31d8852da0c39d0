/** What the operator decides: command line and environment, read once and checked (DESIGN 8, Start). */
import * as v from 'valibot'

export interface Config {
  readonly host: string
  readonly port: number
  /** Folder of the data; made when missing. */
  readonly dataDir: string
  /** Generate the demo organisation when the data is empty. */
  readonly demo: boolean
  /** Updates a second that one device may send; 0 takes off every limit but the one on failed logins. */
  readonly rate: number
  /** Built client to serve; null serves the API alone. */
  readonly clientDir: string | null
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

const wholeNumber = (name: string, max: number) =>
  v.pipe(
    v.string(),
    v.regex(/^\d{1,9}$/, `${name} must be a whole number`),
    v.transform(Number),
    v.maxValue(max, `${name} must be at most ${max}`),
  )

export const environmentSchema = v.object({
  PORT: v.optional(wholeNumber('PORT', 65_535)),
  HOST: v.optional(v.string()),
  AMBIT_DATA: v.optional(v.string()),
  AMBIT_RATE: v.optional(wholeNumber('AMBIT_RATE', 1_000_000)),
  AMBIT_LOG: v.optional(v.picklist(['debug', 'info', 'warn', 'error', 'silent'])),
  AMBIT_ADMIN_PASSWORD: v.optional(v.string()),
})

export type Environment = v.InferOutput<typeof environmentSchema>
