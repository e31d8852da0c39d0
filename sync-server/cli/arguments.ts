/** Reads a command's arguments; anything unknown or missing is wrong usage, said in one line. */
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import { CommandFailure } from './failure.ts'

export function readArguments<const O extends ParseArgsOptionsConfig>(
  argv: readonly string[],
  usage: string,
  options: O,
  positionals: { readonly min: number; readonly max: number },
) {
  try {
    const read = parseArgs({ args: [...argv], options, allowPositionals: true, strict: true })
    const count = read.positionals.length
    if (count < positionals.min || count > positionals.max) throw new Error(`usage: ambit ${usage}`)
    return read
  } catch (error) {
    const message = error instanceof Error ? error.message.replace(/\n.*/s, '') : String(error)
    throw new CommandFailure(message.startsWith('usage') ? message : `${message}; usage: ambit ${usage}`, 2)
  }
}

/** `--data DIR`, or AMBIT_DATA, or ./data. */
export function dataDirOf(given: string | undefined): string {
  return given ?? process.env.AMBIT_DATA ?? './data'
}
